// Third pass, expressions: syntax to checked trees. Each kind of expression has its line in the table.
import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { checkAttribute } from './check-attribute.ts';
import { checkCall } from './check-call.ts';
import { checkDict, checkFormatString, checkList, checkTuple } from './check-literal.ts';
import { checkComprehension } from './check-loop.ts';
import { BINARY_OPERATORS, checkCompare, checkIfElse, checkLogical, checkUnary } from './check-operation.ts';
import { checkSubscript } from './check-subscript.ts';
import { constantNamed } from './constants.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import { call } from './operator-call.ts';
import { resolveOperator } from './overloads.ts';
import type { Tree } from './tree.ts';
import { ANY, BOOL, FLOAT, INT, NONE, STR, type Type, typeText } from './type.ts';

/** `expected` is what the place of the expression asks for: an empty list cannot say itself what it is a list of. */
type Check<K extends Expression['kind']> = (
  expression: ExpressionOf<K>,
  context: Context,
  expected: Type | undefined,
) => Tree;

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

function checkName({ name, at }: ExpressionOf<'name'>, context: Context): Tree {
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
