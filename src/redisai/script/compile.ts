// The script compiler: source → tokens → syntax tree → checked tree → JavaScript → functions that run.
import { checkFunctions, unitsOf, type CheckedFunction } from './check/check-script.ts';
import type { FunctionUnit, NamedValues } from './check/function-unit.ts';
import { generateScript } from './generate/generate-script.ts';
import { ScriptError, type ScriptLimits } from './script.ts';
import { LoadedScript } from './loaded-script.ts';
import { RunBudget } from './run-budget.ts';
import { Source } from './source.ts';
import { parseScript } from './syntax/parse-script.ts';

/** RedisAI has no such limits: its scripts run on threads of their own, and an endless one takes its device with it. */
export const DEFAULT_LIMITS: ScriptLimits = { steps: 10_000_000, milliseconds: 1000 };
/** Characters. The largest scripts seen in the field have some ten thousand. */
const SOURCE_MAX = 1_000_000;

/** @throws ScriptError with the text of the error reply, where the source is wrong or beyond the supported subset */
export function compileScript(text: string, limits: Partial<ScriptLimits> = {}): LoadedScript {
  if (text.length > SOURCE_MAX) throw new ScriptError(`the script is larger than ${SOURCE_MAX} bytes`);
  const source = new Source(text);
  return withoutOverflow(() => {
    const functions = checkFunctions(unitsOf(parseScript(source), source));
    return load(text, functions, { ...DEFAULT_LIMITS, ...limits });
  });
}

export interface CompiledUnits {
  readonly script: LoadedScript;
  readonly functions: ReadonlyMap<string, CheckedFunction>;
}

/** For functions that do not come from one source: those of `roots` and all that they call. */
export function compileUnits(
  units: readonly FunctionUnit[],
  values: NamedValues,
  roots: readonly string[],
  limits: ScriptLimits,
): CompiledUnits {
  return withoutOverflow(() => {
    const functions = checkFunctions(units, values, roots);
    return { functions, script: load('', functions, limits) };
  });
}

function load(text: string, functions: ReadonlyMap<string, CheckedFunction>, limits: ScriptLimits): LoadedScript {
  const budget = new RunBudget(limits);
  const generated = generateScript(functions.values(), budget);
  return new LoadedScript(text, functions, generated, budget);
}

/** Nesting is bounded by the parser; what still adds up to more than the stack holds ends here. */
function withoutOverflow<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof RangeError) throw new ScriptError('the script is nested too deeply');
    throw error;
  }
}
