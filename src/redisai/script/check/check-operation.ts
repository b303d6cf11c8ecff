// Third pass, operators between expressions: arithmetic, logic, comparisons, conditions.
import type { Span } from '../source.ts';
import type { ExpressionOf } from '../syntax/ast.ts';
import { checkCondition, checkExpression } from './check-expression.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import { call } from './operator-call.ts';
import { refinementsOf } from './refine.ts';
import type { Tree } from './tree.ts';
import { BOOL, type Type, join, typeText } from './type.ts';

export const BINARY_OPERATORS: Readonly<Record<string, string>> = {
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

export function checkUnary({ operator, operand, at }: ExpressionOf<'unary'>, context: Context): Tree {
  if (operator === 'not') {
    return { kind: 'inline', template: '!$0', args: [checkCondition(operand, context)], type: BOOL };
  }
  const value = checkExpression(operand, context);
  const literal =
    operator === '-' && value.kind === 'constant' && (value.type.kind === 'int' || value.type.kind === 'float');
  if (literal) return { ...value, value: value.type.kind === 'int' ? 0 - Number(value.value) : -Number(value.value) };
  return call(UNARY_OPERATORS[operator]!, [value], at, context);
}

export function checkLogical({ operator, left, right }: ExpressionOf<'logical'>, context: Context): Tree {
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

export function checkCompare({ first, rest, at }: ExpressionOf<'compare'>, context: Context): Tree {
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

export function checkIfElse(
  { condition, then, otherwise, at }: ExpressionOf<'if-else'>,
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
