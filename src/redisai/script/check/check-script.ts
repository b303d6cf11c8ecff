// Third pass, the whole: every function checked once, those it calls first, because their return types may be inferred.
import type { Source, Span } from '../source.ts';
import type { FunctionDefinition, Parameter } from '../syntax/ast.ts';
import { ScriptError } from '../script.ts';
import { typeOf } from './annotation.ts';
import { checkBlock } from './check-statement.ts';
import { Context, type FunctionSignature, type ParameterSignature, type Program } from './context.ts';
import type { FunctionUnit, NamedValues } from './function-unit.ts';
import type { FunctionTree, Tree } from './tree.ts';
import { join, NONE, TENSOR, typeText, type Type } from './type.ts';

export interface CheckedFunction {
  readonly signature: FunctionSignature;
  readonly tree: FunctionTree;
  /** True where it, or a function it calls, writes into a tensor. */
  readonly writesTensors: boolean;
}

/** The functions of one source. */
export function unitsOf(definitions: readonly FunctionDefinition[], source: Source): FunctionUnit[] {
  return definitions.map((definition) => ({ name: definition.name, definition, source, self: undefined }));
}

/** @param roots the functions to check, with all that they call; all of them where it is left out */
export function checkFunctions(
  units: readonly FunctionUnit[],
  values: NamedValues = new Map(),
  roots: readonly string[] = units.map((unit) => unit.name),
): ReadonlyMap<string, CheckedFunction> {
  return new ProgramChecker(units, values).run(roots);
}

class ProgramChecker implements Program {
  readonly #units = new Map<string, FunctionUnit>();
  readonly #values: NamedValues;
  readonly #checked = new Map<string, CheckedFunction>();
  readonly #inProgress = new Set<string>();

  constructor(units: readonly FunctionUnit[], values: NamedValues) {
    this.#values = values;
    for (const unit of units) {
      const line = unit.source.lineOf(unit.definition.at.start);
      if (this.#units.has(unit.name)) throw new ScriptError(`method '${unit.name}' already defined.`, line);
      this.#units.set(unit.name, unit);
    }
  }

  run(roots: readonly string[]): ReadonlyMap<string, CheckedFunction> {
    for (const name of roots) this.#check(this.#units.get(name)!);
    return this.#checked;
  }

  signatureOf(name: string, caller: Context, at: Span): FunctionSignature | undefined {
    const unit = this.#units.get(name);
    if (unit === undefined) return undefined;
    if (this.#inProgress.has(name)) {
      throw caller.error(at, `function '${name}' is called recursively. Recursive calls are not supported`);
    }
    const { signature, writesTensors } = this.#check(unit);
    if (writesTensors) caller.writesTensors = true;
    return signature;
  }

  valueNamed(path: string): Tree | undefined {
    if (this.#units.has(path)) return { kind: 'constant', value: null, type: { kind: 'Function', name: path } };
    return this.#values.get(path);
  }

  #check(unit: FunctionUnit): CheckedFunction {
    const known = this.#checked.get(unit.name);
    if (known !== undefined) return known;
    this.#inProgress.add(unit.name);
    const checked = checkFunction(unit, this);
    this.#inProgress.delete(unit.name);
    this.#checked.set(unit.name, checked);
    return checked;
  }
}

function checkFunction({ name, definition, source, self }: FunctionUnit, program: Program): CheckedFunction {
  const declared = definition.returns === undefined ? undefined : typeOf(definition.returns, source);
  const context = new Context(source, program, declared);
  const own = definition.parameters[0];
  if (self !== undefined && own !== undefined) context.scope.assign(own.name, { kind: 'Module', instance: self });
  const parameters = parametersOf(definition.parameters.slice(self === undefined ? 0 : 1), context);
  const slots = new Set(parameters.map((parameter) => context.slotOf(parameter.name)));
  const { statements, ends } = checkBlock(definition.body, context);
  const returns = returnType(definition, context, ends);
  const free = context.slots.filter((slot) => !slots.has(slot));
  const tree = { name, shownName: definition.name, source, parameters: [...slots], slots: free, body: statements };
  return { signature: { name, parameters, returns }, tree, writesTensors: context.writesTensors };
}

function parametersOf(parameters: readonly Parameter[], context: Context): ParameterSignature[] {
  return parameters.map(({ name, annotation, default: value, keywordOnly, at }) => {
    const type = annotation === undefined ? TENSOR : typeOf(annotation, context.source);
    if (context.scope.get(name) !== undefined) throw context.error(at, `duplicate parameter ${name}`);
    context.scope.assign(name, type);
    return { name, type, default: value, keywordOnly };
  });
}

/** Running off the end is returning None. */
function returnType({ at }: FunctionDefinition, context: Context, ends: boolean): Type {
  const { declaredReturn, returns } = context;
  if (ends && declaredReturn !== undefined && declaredReturn.kind !== 'None' && declaredReturn.kind !== 'Optional') {
    throw context.error(at, `Function was not annotated as having type None, but does not return along all paths`);
  }
  if (declaredReturn !== undefined) return declaredReturn;
  let type: Type | undefined = ends ? NONE : returns[0]?.type;
  for (const each of returns) {
    const joined = join(type!, each.type);
    if (joined === undefined)
      throw context.error(
        each.at,
        `Previous return statement returned a value of type ${typeText(type!)} but this return statement returns a value of type ${typeText(each.type)}`,
      );
    type = joined;
  }
  return type ?? NONE;
}
