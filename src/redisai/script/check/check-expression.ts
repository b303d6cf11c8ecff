// Third pass, expressions: syntax to checked trees. Each kind of expression has its line in the table.
import type { Expression } from '../syntax/ast.ts';
import type { Span } from '../source.ts';
import { textOperator } from '../operators/text.ts';
import { checkCall } from './check-call.ts';
import { checkComprehension } from './check-loop.ts';
import { checkSubscript } from './check-subscript.ts';
import { constantNamed, MODULES } from './constants.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import type { ModuleInstance } from './function-unit.ts';
import { dottedName, rootOf } from './dotted-name.ts';
import { resolveOperator, signatureText } from './overloads.ts';
import { refinementsOf } from './refine.ts';
import type { Tree } from './tree.ts';
import {
  ANY,
  BOOL,
  dictOf,
  FLOAT,
  INT,
  join,
  listOf,
  NONE,
  STR,
  TENSOR,
  tupleOf,
  typeText,
  type Type,
} from './type.ts';
import { operatorsNamed } from '../operators/table.ts';

type Of<K extends Expression['kind']> = Expression & { readonly kind: K };
/** `expected` is what the place of the expression asks for: an empty list cannot say itself what it is a list of. */
type Check<K extends Expression['kind']> = (expression: Of<K>, context: Context, expected: Type | undefined) => Tree;

const CHECKS: { readonly [K in Expression['kind']]: Check<K> } = {
  name: checkName,
  int: ({ value }) => ({ kind: 'constant', value, type: INT }),
  float: ({ value }) => ({ kind: 'constant', value, type: FLOAT }),
  str: ({ value }) => ({ kind: 'constant', value, type: STR }),
  bool: ({ value }) => ({ kind: 'constant', value, type: BOOL }),
  none: () => ({ kind: 'constant', value: null, type: NONE }),
  'f-string': checkFormatString,
  unary: checkUnary,
  binary: ({ operator, left, right, at }, context) =>
    call(BINARY_OPERATORS[operator]!, [checkExpression(left, context), checkExpression(right, context)], at, context),
  logical: checkLogical,
  compare: checkCompare,
  'if-else': checkIfElse,
  call: checkCall,
  attribute: checkAttribute,
  subscript: checkSubscript,
  list: checkList,
  tuple: checkTuple,
  dict: checkDict,
  'list-comprehension': checkComprehension,
  'dict-comprehension': checkComprehension,
};

const BINARY_OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floordiv',
  '%': 'remainder',
  '**': 'pow',
  '@': 'matmul',
  '&': '__and__',
  '|': '__or__',
  '^': '__xor__',
  '<<': '__lshift__',
  '>>': '__rshift__',
};
const UNARY_OPERATORS: Readonly<Record<string, string>> = { '-': 'neg', '+': 'positive', '~': 'bitwise_not' };
const COMPARISONS: Readonly<Record<string, string>> = {
  '<': 'lt',
  '>': 'gt',
  '==': 'eq',
  '!=': 'ne',
  '<=': 'le',
  '>=': 'ge',
};

export function binaryOperatorName(sign: string): string {
  return BINARY_OPERATORS[sign]!;
}

export function checkExpression(expression: Expression, context: Context, expected?: Type): Tree {
  const check = CHECKS[expression.kind] as (
    expression: Expression,
    context: Context,
    expected: Type | undefined,
  ) => Tree;
  return check(expression, context, expected);
}

/** A value of the type, by the conversions that happen by themselves. */
export function checkAs(expression: Expression, type: Type, context: Context, what: string): Tree {
  const tree = checkExpression(expression, context, type);
  const converted = convert(tree, type);
  if (converted !== undefined) return converted;
  throw context.error(expression.at, `${what} has type ${typeText(type)}, but this is ${typeText(tree.type)}`);
}

/** What if, while, and, or, not and assert ask of a value: a bool, or a number or tensor that is made one. */
export function checkCondition(expression: Expression, context: Context): Tree {
  const tree = checkExpression(expression, context);
  if (tree.type.kind === 'bool') return tree;
  const truth = ['int', 'float', 'Tensor', 'Scalar'].includes(tree.type.kind)
    ? resolveOperator('Bool', [tree], [], expression.at)
    : undefined;
  if (truth === undefined)
    throw context.error(expression.at, `Could not cast value of type ${typeText(tree.type)} to bool`);
  return truth;
}

/** The operator of a name that takes these trees, or an error that says why there is none. */
export function call(
  name: string,
  args: readonly Tree[],
  at: Span,
  context: Context,
  keywords: readonly { name: string; value: Tree }[] = [],
): Tree {
  const tree = resolveOperator(name, args, keywords, at);
  if (tree !== undefined) {
    if (tree.kind === 'operator' && tree.operator.writes && tree.args[0]!.type.kind === 'Tensor')
      context.writesTensors = true;
    return tree;
  }
  const overloads = operatorsNamed(name);
  const full = name.includes('::') ? name : `aten::${name}`;
  if (overloads.length === 0)
    throw context.error(
      at,
      `Unknown builtin op: ${full}.\n${name.replace('::', '.')} is not in the supported subset (line ${context.source.lineOf(at.start)})`,
    );
  const given = [
    ...args.map((arg) => typeText(arg.type)),
    ...keywords.map((k) => `${k.name}: ${typeText(k.value.type)}`),
  ];
  const variants = overloads.map((overload) => `  ${signatureText(overload)}`);
  throw context.error(
    at,
    `Arguments for call are not valid.\nThe following variants are available:\n${variants.join('\n')}\nThe arguments are (${given.join(', ')})`,
  );
}

function checkName({ name, at }: Of<'name'>, context: Context): Tree {
  const variable = context.scope.get(name);
  if (variable !== undefined) {
    // Parts of a module and functions are known without being looked at.
    const { current } = variable;
    if (current.kind === 'Module' || current.kind === 'Function')
      return { kind: 'constant', value: null, type: current };
    const slot: Tree = { kind: 'slot', slot: context.slotOf(name), type: variable.current };
    const refinedText = variable.declared.kind === 'Any' && variable.current.kind === 'str';
    return refinedText ? { kind: 'inline', template: '$0.text', args: [{ ...slot, type: ANY }], type: STR } : slot;
  }
  const constant = constantNamed(name);
  if (constant !== undefined) return constant;
  const why = context.scope.whyLost(name);
  throw context.error(at, `undefined value ${name}${why === undefined ? '' : ` (${why})`}`);
}

function checkFormatString({ parts }: Of<'f-string'>, context: Context): Tree {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return { kind: 'constant', value: part, type: STR } as const;
    return textTree(checkExpression(part, context), part.at);
  });
  return call(
    'join',
    [
      { kind: 'constant', value: '', type: STR },
      { kind: 'list', items: texts, type: listOf(STR) },
    ],
    parts.find((p) => typeof p !== 'string')!.at,
    context,
  );
}

/** str(value) */
export function textTree(value: Tree, at: Span): Tree {
  return value.type.kind === 'str'
    ? value
    : { kind: 'operator', operator: textOperator(value.type), args: [value], at, type: STR };
}

function checkUnary({ operator, operand, at }: Of<'unary'>, context: Context): Tree {
  if (operator === 'not') {
    return { kind: 'inline', template: '!$0', args: [checkCondition(operand, context)], type: BOOL };
  }
  const value = checkExpression(operand, context);
  const literal =
    operator === '-' && value.kind === 'constant' && (value.type.kind === 'int' || value.type.kind === 'float');
  if (literal) return { ...value, value: value.type.kind === 'int' ? 0 - Number(value.value) : -Number(value.value) };
  return call(UNARY_OPERATORS[operator]!, [value], at, context);
}

function checkLogical({ operator, left, right }: Of<'logical'>, context: Context): Tree {
  const first = checkCondition(left, context);
  const { whenTrue, whenFalse } = refinementsOf(left, context);
  const scope = context.scope.fork(operator === 'and' ? whenTrue : whenFalse);
  const second = context.within(scope, () => checkCondition(right, context));
  return {
    kind: 'inline',
    template: operator === 'and' ? '($0 && $1)' : '($0 || $1)',
    args: [first, second],
    type: BOOL,
  };
}

function checkCompare({ first, rest, at }: Of<'compare'>, context: Context): Tree {
  let left = checkExpression(first, context);
  let result: Tree | undefined;
  for (const [i, { operator, right: expression }] of rest.entries()) {
    let right = checkExpression(expression, context);
    let next: Tree | undefined;
    // a < b < c: b is worked out once.
    if (i < rest.length - 1 && right.kind !== 'constant') {
      const slot = context.freshSlot();
      next = { kind: 'slot', slot, type: right.type };
      right = { kind: 'store', slot, value: right, type: right.type };
    }
    const comparison = compareTrees(operator, left, right, at, context);
    result =
      result === undefined
        ? comparison
        : {
            kind: 'inline',
            template: '($0 && $1)',
            args: [asBool(result, at, context), asBool(comparison, at, context)],
            type: BOOL,
          };
    left = next ?? right;
  }
  return result!;
}

function asBool(tree: Tree, at: Span, context: Context): Tree {
  return tree.type.kind === 'bool' ? tree : call('Bool', [tree], at, context);
}

function compareTrees(operator: string, left: Tree, right: Tree, at: Span, context: Context): Tree {
  if (operator === 'is' || operator === 'is not') return identity(operator === 'is', left, right, at, context);
  if (operator === 'in' || operator === 'not in') {
    const contained = call('__contains__', [right, left], at, context);
    return operator === 'in' ? contained : { kind: 'inline', template: '!$0', args: [contained], type: BOOL };
  }
  return call(COMPARISONS[operator]!, [left, right], at, context);
}

function identity(positive: boolean, left: Tree, right: Tree, at: Span, context: Context): Tree {
  if (right.type.kind !== 'None' && left.type.kind !== 'None') throw context.refuse(at, "'is' with anything but None");
  const value = right.type.kind === 'None' ? left : right;
  return { kind: 'inline', template: positive ? '($0 === null)' : '($0 !== null)', args: [value], type: BOOL };
}

function checkIfElse(
  { condition, then, otherwise, at }: Of<'if-else'>,
  context: Context,
  expected: Type | undefined,
): Tree {
  const test = checkCondition(condition, context);
  const { whenTrue, whenFalse } = refinementsOf(condition, context);
  const yes = context.within(context.scope.fork(whenTrue), () => checkExpression(then, context, expected));
  const no = context.within(context.scope.fork(whenFalse), () => checkExpression(otherwise, context, expected));
  const type =
    expected !== undefined && convert(yes, expected) && convert(no, expected) ? expected : join(yes.type, no.type);
  if (type === undefined)
    throw context.error(
      at,
      `the two sides of this condition have types ${typeText(yes.type)} and ${typeText(no.type)}`,
    );
  return { kind: 'inline', template: '($0 ? $1 : $2)', args: [test, convert(yes, type)!, convert(no, type)!], type };
}

/** Attributes of a tensor that are operators without arguments. */
const TENSOR_ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    shape: 'size',
    dtype: 'prim::dtype',
    ndim: 'dim',
    T: 'numpy_T',
    mT: 'mT',
    data: 'detach',
    device: 'prim::device',
    is_cuda: 'prim::is_cuda',
    requires_grad: 'prim::requires_grad',
  }),
);

function checkAttribute(expression: Of<'attribute'>, context: Context): Tree {
  const { object, name, at } = expression;
  const path = dottedName(expression);
  if (path !== undefined && context.scope.get(rootOf(path)) === undefined) {
    const constant = context.program.valueNamed(path) ?? constantNamed(path);
    if (constant !== undefined) return constant;
    if (MODULES.has(rootOf(path))) throw context.refuse(at, path);
  }
  const value = checkExpression(object, context);
  if (value.type.kind === 'Module') return memberOf(value.type.instance, name, at, context);
  const operator = value.type.kind === 'Tensor' ? TENSOR_ATTRIBUTES.get(name) : undefined;
  if (operator === undefined) throw context.refuse(at, `the attribute ${name} of ${typeText(value.type)}`);
  return call(operator, [value], at, context);
}

/** An attribute of a part of a saved module. */
export function memberOf(instance: ModuleInstance, name: string, at: Span, context: Context): Tree {
  const member = instance.member(name);
  if (member === undefined) throw context.refuse(at, `the attribute ${name} here`);
  return member;
}

function checkList({ items, at }: Of<'list'>, context: Context, expected: Type | undefined): Tree {
  const of = expected?.kind === 'List' ? expected.of : undefined;
  const trees = items.map((item) => checkExpression(item, context, of));
  const type = of ?? commonType(trees, 'a list', at, context) ?? TENSOR;
  const converted = trees.map((tree) => convert(tree, type) ?? tree);
  const actual = converted.every((tree) => tree.type === type || typeText(tree.type) === typeText(type))
    ? type
    : commonType(trees, 'a list', at, context);
  return { kind: 'list', items: converted, type: listOf(actual ?? TENSOR) };
}

function checkTuple({ items }: Of<'tuple'>, context: Context, expected: Type | undefined): Tree {
  const trees = items.map((item, i) =>
    checkExpression(item, context, expected?.kind === 'Tuple' ? expected.items[i] : undefined),
  );
  return { kind: 'tuple', items: trees, type: tupleOf(trees.map((tree) => tree.type)) };
}

function checkDict({ entries, at }: Of<'dict'>, context: Context, expected: Type | undefined): Tree {
  const [key, value] = expected?.kind === 'Dict' ? [expected.key, expected.value] : [];
  const trees = entries.map(
    ([k, v]) => [checkExpression(k, context, key), checkExpression(v, context, value)] as const,
  );
  const keyType =
    key ??
    commonType(
      trees.map(([k]) => k),
      'the keys of a dict',
      at,
      context,
    ) ??
    STR;
  const valueType =
    value ??
    commonType(
      trees.map(([, v]) => v),
      'the values of a dict',
      at,
      context,
    ) ??
    TENSOR;
  if (!['int', 'float', 'bool', 'str'].includes(keyType.kind))
    throw context.error(at, 'the keys of a dict must be int, float, bool or str');
  const convertOr = (tree: Tree, type: Type): Tree => convert(tree, type) ?? fail(tree, type, at, context);
  return {
    kind: 'dict',
    entries: trees.map(([k, v]) => [convertOr(k, keyType), convertOr(v, valueType)]),
    type: dictOf(keyType, valueType),
  };
}

function fail(tree: Tree, type: Type, at: Span, context: Context): never {
  throw context.error(at, `expected ${typeText(type)} but this is ${typeText(tree.type)}`);
}

function commonType(trees: readonly Tree[], what: string, at: Span, context: Context): Type | undefined {
  let type = trees[0]?.type;
  for (const tree of trees) {
    type = join(type!, tree.type);
    if (type === undefined)
      throw context.error(
        at,
        `${what} must hold values of one type, but these are ${trees.map((t) => typeText(t.type)).join(', ')}`,
      );
  }
  return type;
}
