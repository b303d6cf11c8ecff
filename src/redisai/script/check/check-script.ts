// Third pass, the whole: every function checked once, those it calls first, because their return types may be inferred.
import type { Source, Span } from '../source.ts';
import type { FunctionDefinition } from '../syntax/ast.ts';
import { ScriptError } from '../script.ts';
import { typeOf } from './annotation.ts';
import { checkBlock } from './check-statement.ts';
import { Context, type FunctionSignature, type ParameterSignature, type Program } from './context.ts';
import type { FunctionTree } from './tree.ts';
import { join, NONE, TENSOR, typeText, type Type } from './type.ts';

export interface CheckedFunction {
  readonly signature: FunctionSignature;
  readonly tree: FunctionTree;
  /** True where it, or a function it calls, writes into a tensor. */
  readonly writesTensors: boolean;
}

export function checkScript(
  definitions: readonly FunctionDefinition[],
  source: Source,
): ReadonlyMap<string, CheckedFunction> {
  return new ScriptChecker(definitions, source).run();
}

class ScriptChecker implements Program {
  readonly #source: Source;
  readonly #definitions = new Map<string, FunctionDefinition>();
  readonly #checked = new Map<string, CheckedFunction>();
  readonly #inProgress = new Set<string>();

  constructor(definitions: readonly FunctionDefinition[], source: Source) {
    this.#source = source;
    for (const definition of definitions) {
      if (this.#definitions.has(definition.name))
        throw new ScriptError(`method '${definition.name}' already defined.`, source.lineOf(definition.at.start));
      this.#definitions.set(definition.name, definition);
    }
  }

  run(): ReadonlyMap<string, CheckedFunction> {
    for (const definition of this.#definitions.values()) this.#check(definition);
    return this.#checked;
  }

  signatureOf(name: string, caller: Context, at: Span): FunctionSignature | undefined {
    const definition = this.#definitions.get(name);
    if (definition === undefined) return undefined;
    if (this.#inProgress.has(name)) {
      throw caller.error(at, `function '${name}' is called recursively. Recursive calls are not supported`);
    }
    const { signature, writesTensors } = this.#check(definition);
    if (writesTensors) caller.writesTensors = true;
    return signature;
  }

  #check(definition: FunctionDefinition): CheckedFunction {
    const known = this.#checked.get(definition.name);
    if (known !== undefined) return known;
    this.#inProgress.add(definition.name);
    const checked = checkFunction(definition, this.#source, this);
    this.#inProgress.delete(definition.name);
    this.#checked.set(definition.name, checked);
    return checked;
  }
}

function checkFunction(definition: FunctionDefinition, source: Source, program: Program): CheckedFunction {
  const { name, body } = definition;
  const declared = definition.returns === undefined ? undefined : typeOf(definition.returns, source);
  const context = new Context(source, program, declared);
  const parameters = definition.parameters.map((parameter): ParameterSignature => {
    const type = parameter.annotation === undefined ? TENSOR : typeOf(parameter.annotation, source);
    if (context.scope.get(parameter.name) !== undefined)
      throw source.errorAt(parameter.at, `duplicate parameter ${parameter.name}`);
    context.scope.assign(parameter.name, type);
    return { name: parameter.name, type, default: parameter.default, keywordOnly: parameter.keywordOnly };
  });
  const slots = new Set(parameters.map((parameter) => context.slotOf(parameter.name)));
  const { statements, ends } = checkBlock(body, context);
  const returns = returnType(definition, context, ends);
  const tree = {
    name,
    parameters: [...slots],
    slots: context.slots.filter((slot) => !slots.has(slot)),
    body: statements,
  };
  return { signature: { name, parameters, returns }, tree, writesTensors: context.writesTensors };
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
