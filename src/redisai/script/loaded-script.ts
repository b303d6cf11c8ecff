// A compiled script as the engine holds it: hands tensors, keys and arguments to a function, and takes tensors back.
import type { Tensor } from '../tensor/tensor.ts';
import type { CheckedFunction } from './check/check-script.ts';
import { typeText, type Type } from './check/type.ts';
import type { GeneratedScript, Position } from './generate/generate-script.ts';
import { ownCopy, published, beginRun } from './operators/tensor/memory.ts';
import type { RunBudget } from './run-budget.ts';
import { ScriptError, type CompiledScript, type ScriptHost } from './script.ts';

type ScriptFunction = (...args: unknown[]) => unknown;

/** What the generated text returns. */
interface ScriptInstance {
  readonly functions: ReadonlyMap<string, ScriptFunction>;
  begin(host: ScriptHost | null, steps: number): void;
  /** Index of the position that the run reached last, -1 before the first. */
  position(): number;
}

interface EntryFunction {
  readonly call: ScriptFunction;
  readonly parameterTypes: readonly string[];
  readonly isEntryPoint: boolean;
  readonly returnsTensors: boolean;
  readonly writesTensors: boolean;
}

const ENTRY_TYPES = 'List[Tensor], List[str], List[str]';

export class LoadedScript implements CompiledScript {
  readonly source: string;
  readonly functions: readonly string[];
  readonly #positions: readonly Position[];
  readonly #instance: ScriptInstance;
  readonly #entries: ReadonlyMap<string, EntryFunction>;
  readonly #budget: RunBudget;
  #running = false;

  constructor(
    source: string,
    checked: ReadonlyMap<string, CheckedFunction>,
    { text, pool, positions }: GeneratedScript,
    budget: RunBudget,
  ) {
    this.source = source;
    this.functions = [...checked.keys()];
    this.#positions = positions;
    this.#budget = budget;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- generate-script.ts says why this is safe
    this.#instance = new Function('pool', text)(pool) as ScriptInstance;
    this.#entries = new Map(
      [...checked].map(([name, each]) => [name, entryOf(each, this.#instance.functions.get(name)!)]),
    );
  }

  parameterCount(name: string): number {
    return this.#entries.get(name)?.parameterTypes.length ?? 0;
  }

  isEntryPoint(name: string): boolean {
    return this.#entries.get(name)?.isEntryPoint ?? false;
  }

  run(
    name: string,
    tensors: readonly Tensor[],
    keys: readonly string[],
    args: readonly string[],
    host: ScriptHost,
  ): Tensor[] {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ScriptError(`Function does not exist: ${name}`);
    // Only a function that writes into tensors gets its own: whoever called keeps theirs unchanged.
    const own = entry.writesTensors ? tensors.map(ownCopy) : tensors;
    const values = entry.isEntryPoint ? [own, keys, args] : tensorArguments(name, entry, own);
    const result = this.#call(name, entry.call, values, host);
    if (!entry.returnsTensors) throw new ScriptError(`Function returned non-tensor values${name}`);
    return tensorsOf(result, name);
  }

  /** Calls a function with values of the types of its parameters, and returns its own value as it is. */
  invoke(name: string, values: readonly unknown[], host: ScriptHost): unknown {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ScriptError(`Function does not exist: ${name}`);
    return this.#call(name, entry.call, values, host);
  }

  #call(name: string, call: ScriptFunction, values: readonly unknown[], host: ScriptHost): unknown {
    if (this.#running)
      throw new ScriptError(`the script of ${name} is running already: a script cannot call itself through Redis`);
    this.#running = true;
    this.#instance.begin(host, this.#budget.begin());
    beginRun(this.#budget.milliseconds);
    try {
      return call(...values);
    } catch (error) {
      throw this.#located(error);
    } finally {
      this.#running = false;
      this.#instance.begin(null, 0);
    }
  }

  /** The error with the place in the source where the run was, in libtorch's form. */
  #located(error: unknown): ScriptError {
    const message = error instanceof Error ? error.message : String(error);
    const position = this.#positions[this.#instance.position()];
    if (position === undefined) return new ScriptError(message, undefined, error);
    const { source, at, functionName } = position;
    const traceback = source.excerpt(at, functionName);
    const text = `The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call last):\n${traceback}\nRuntimeError: ${message}\n`;
    return new ScriptError(text, source.lineOf(at.start), error);
  }
}

function entryOf({ signature, writesTensors }: CheckedFunction, call: ScriptFunction): EntryFunction {
  const parameterTypes = signature.parameters.map((parameter) => typeText(parameter.type));
  return {
    call,
    parameterTypes,
    isEntryPoint: parameterTypes.join(', ') === ENTRY_TYPES,
    returnsTensors: holdsTensors(signature.returns),
    writesTensors,
  };
}

/** One tensor, or several in a list or a tuple; for an Optional the value will tell. */
function holdsTensors(type: Type): boolean {
  if (type.kind === 'List' || type.kind === 'Optional') return holdsTensors(type.of);
  return type.kind === 'Tuple' ? type.items.every(holdsTensors) : type.kind === 'Tensor';
}

function tensorArguments(name: string, { parameterTypes }: EntryFunction, tensors: readonly Tensor[]): unknown[] {
  const takesRest = parameterTypes.at(-1) === 'List[Tensor]';
  const single = takesRest ? parameterTypes.slice(0, -1) : parameterTypes;
  if (single.some((type) => type !== 'Tensor'))
    throw new ScriptError(`Unsupported input type in function definition: ${name}`);
  if (tensors.length < single.length || (!takesRest && tensors.length > single.length)) {
    throw new ScriptError(`Function ${name} takes ${single.length} tensors, but ${tensors.length} were given`);
  }
  const values: unknown[] = tensors.slice(0, single.length);
  if (takesRest) values.push(tensors.slice(single.length));
  return values;
}

function tensorsOf(result: unknown, name: string): Tensor[] {
  const values: readonly unknown[] = Array.isArray(result) ? result : [result];
  if (!values.every(isTensor)) throw new ScriptError(`Function returned non-tensor values${name}`);
  return values.map(published);
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value;
}
