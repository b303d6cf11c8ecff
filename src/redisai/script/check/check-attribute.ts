// Third pass, attributes: constants by their full names, what tensors tell of themselves, parts of saved modules.
import type { Span } from '../source.ts';
import type { ExpressionOf } from '../syntax/ast.ts';
import { checkExpression } from './check-expression.ts';
import { MODULES, constantNamed } from './constants.ts';
import type { Context } from './context.ts';
import { dottedName, rootOf } from './dotted-name.ts';
import type { ModuleInstance } from './function-unit.ts';
import { call } from './operator-call.ts';
import type { Tree } from './tree.ts';
import { typeText } from './type.ts';

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

export function checkAttribute(expression: ExpressionOf<'attribute'>, context: Context): Tree {
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
