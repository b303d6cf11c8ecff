// Chooses the operator that a call means: of those that have the name, the first whose signature takes the arguments,
// without implicit conversions if possible, with them if not.
import type { Operator, OperatorParameter } from '../operators/operator.ts';
import { operatorsNamed } from '../operators/table.ts';
import type { Span } from '../source.ts';
import { areInts, convert } from './convert.ts';
import type { Tree } from './tree.ts';
import { listOf, INT, sameType, tupleOf, typeText, type Type } from './type.ts';

export interface KeywordArgument {
  readonly name: string;
  readonly value: Tree;
}

/** Names of arguments that torch takes for others. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({ input: 'self', axis: 'dim', axes: 'dim', keepdims: 'keepdim' }),
);

const NOWHERE: Span = { start: 0, end: 0 };

/** undefined where no overload takes these arguments. */
export function resolveOperator(
  name: string,
  args: readonly Tree[],
  keywords: readonly KeywordArgument[],
  at: Span = NOWHERE,
): Tree | undefined {
  const overloads = operatorsNamed(name);
  for (const implicit of [false, true]) {
    for (const operator of overloads) {
      const tree = new Match(operator, implicit).call(args, keywords, at);
      if (tree !== undefined) return tree;
    }
  }
  return undefined;
}

export function signatureText({ name, parameters, returns }: Operator): string {
  const each = parameters.map(
    (p) => `${typeText(p.type)} ${p.name}${p.required ? '' : `=${JSON.stringify(p.default)}`}`,
  );
  return `${name}(${each.join(', ')}) -> ${typeText(returns)}`;
}

class Match {
  readonly #operator: Operator;
  readonly #implicit: boolean;
  readonly #variables = new Map<string, Type>();

  constructor(operator: Operator, implicit: boolean) {
    this.#operator = operator;
    this.#implicit = implicit;
  }

  call(args: readonly Tree[], keywords: readonly KeywordArgument[], at: Span): Tree | undefined {
    const operator = this.#operator;
    const given = this.#positional(args);
    if (given === undefined) return undefined;
    for (const { name, value } of keywords) {
      const index = operator.parameters.findIndex((each) => each.name === name || each.name === SYNONYMS.get(name));
      if (index < 0 || given[index] !== undefined) return undefined;
      given[index] = value;
    }
    const values: Tree[] = [];
    for (const [i, parameter] of operator.parameters.entries()) {
      const value = this.#argument(parameter, given[i]);
      if (value === undefined) return undefined;
      values.push(value);
    }
    const type = this.#substitute(operator.returns);
    if (operator.inline !== undefined) return { kind: 'inline', template: operator.inline, args: values, type };
    return { kind: 'operator', operator, args: values, at, type };
  }

  /** Arguments by parameter. Ints that run to the end of a call become the list that is wanted there. */
  #positional(args: readonly Tree[]): (Tree | undefined)[] | undefined {
    const { parameters } = this.#operator;
    const given: (Tree | undefined)[] = [];
    for (const [i, arg] of args.entries()) {
      const parameter = parameters[i];
      if (parameter === undefined || parameter.keywordOnly) return undefined;
      const rest = args.slice(i);
      if (sameType(parameter.type, listOf(INT)) && areInts(rest)) {
        given.push({ kind: 'list', items: rest, type: parameter.type });
        return given;
      }
      given.push(arg);
    }
    return given;
  }

  #argument(parameter: OperatorParameter, given: Tree | undefined): Tree | undefined {
    if (given !== undefined)
      return this.#bind(parameter.type, given.type) ? this.#converted(parameter, given) : undefined;
    return parameter.required ? undefined : defaultTree(parameter);
  }

  #converted(parameter: OperatorParameter, given: Tree): Tree | undefined {
    return convert(given, this.#substitute(parameter.type), this.#implicit);
  }

  /** Gives the variables of a parameter's type their meaning; false where they already have another. */
  #bind(parameter: Type, given: Type): boolean {
    if (parameter.kind === 'Variable') {
      if (!this.#variables.has(parameter.name)) this.#variables.set(parameter.name, given);
      return true;
    }
    if (parameter.kind === 'List' && given.kind === 'List') return this.#bind(parameter.of, given.of);
    if (parameter.kind === 'Optional')
      return given.kind === 'None' || this.#bind(parameter.of, given.kind === 'Optional' ? given.of : given);
    if (parameter.kind === 'Dict' && given.kind === 'Dict') {
      return this.#bind(parameter.key, given.key) && this.#bind(parameter.value, given.value);
    }
    return true;
  }

  #substitute(type: Type): Type {
    switch (type.kind) {
      case 'Variable':
        return this.#variables.get(type.name) ?? type;
      case 'List':
        return listOf(this.#substitute(type.of));
      case 'Optional':
        return { kind: 'Optional', of: this.#substitute(type.of) };
      case 'Dict':
        return { kind: 'Dict', key: this.#substitute(type.key), value: this.#substitute(type.value) };
      case 'Tuple':
        return tupleOf(type.items.map((item) => this.#substitute(item)));
      default:
        return type;
    }
  }
}

function defaultTree({ default: value, type }: OperatorParameter): Tree {
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item: number) => ({ kind: 'constant', value: item, type: INT })), type };
  const bare = type.kind === 'Optional' && value !== null ? type.of : type;
  if (bare.kind === 'Scalar') {
    const kind = Number.isInteger(value) ? 'int' : 'float';
    return { kind: 'pooled', value: { kind, value }, type };
  }
  return { kind: 'constant', value: value as number | string | boolean | null, type };
}
