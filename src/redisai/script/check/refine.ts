// What a condition tells about the variables in it: `x is None`, isinstance, and their combinations.
import type { Expression } from '../syntax/ast.ts';
import { typeOf } from './annotation.ts';
import type { Context } from './context.ts';
import { dottedName } from './dotted-name.ts';
import { NO_REFINEMENTS, type Refinements } from './scope.ts';
import { NONE, type Type } from './type.ts';

export function refinementsOf(condition: Expression, context: Context): Refinements {
  if (condition.kind === 'unary' && condition.operator === 'not')
    return inverse(refinementsOf(condition.operand, context));
  if (condition.kind === 'logical') return logical(condition, context);
  if (condition.kind === 'compare' && condition.rest.length === 1) {
    const { operator, right } = condition.rest[0]!;
    if (operator === 'is' || operator === 'is not') return noneTest(condition.first, right, operator === 'is', context);
  }
  if (condition.kind === 'call') return instanceTest(condition.callee, condition.args, context);
  return NO_REFINEMENTS;
}

const inverse = ({ whenTrue, whenFalse }: Refinements): Refinements => ({ whenTrue: whenFalse, whenFalse: whenTrue });

function logical(condition: Expression & { kind: 'logical' }, context: Context): Refinements {
  const left = refinementsOf(condition.left, context);
  const right = refinementsOf(condition.right, context);
  const both = (a: ReadonlyMap<string, Type>, b: ReadonlyMap<string, Type>): ReadonlyMap<string, Type> =>
    new Map([...a, ...b]);
  if (condition.operator === 'and') return { whenTrue: both(left.whenTrue, right.whenTrue), whenFalse: new Map() };
  return { whenTrue: new Map(), whenFalse: both(left.whenFalse, right.whenFalse) };
}

function noneTest(left: Expression, right: Expression, positive: boolean, context: Context): Refinements {
  if (left.kind !== 'name' || right.kind !== 'none') return NO_REFINEMENTS;
  const type = context.scope.get(left.name)?.current;
  if (type?.kind !== 'Optional') return NO_REFINEMENTS;
  const refined = { whenTrue: new Map([[left.name, NONE]]), whenFalse: new Map([[left.name, type.of]]) };
  return positive ? refined : inverse(refined);
}

/** torch.__isnot__(x, None), as serialized modules write it. */
function serializedNoneTest(callee: Expression, left: Expression, right: Expression, context: Context): Refinements {
  const name = dottedName(callee);
  if (name !== 'torch.__is__' && name !== 'torch.__isnot__') return NO_REFINEMENTS;
  return noneTest(left, right, name === 'torch.__is__', context);
}

function instanceTest(callee: Expression, args: readonly Expression[], context: Context): Refinements {
  const [value, annotation] = args;
  if (value?.kind === 'name' && annotation?.kind === 'none')
    return serializedNoneTest(callee, value, annotation, context);
  if (callee.kind !== 'name' || callee.name !== 'isinstance' || value?.kind !== 'name' || annotation === undefined)
    return NO_REFINEMENTS;
  if (context.scope.get(value.name)?.current.kind !== 'Any' || annotation.kind === 'tuple') return NO_REFINEMENTS;
  return { whenTrue: new Map([[value.name, typeOf(annotation, context.source)]]), whenFalse: new Map() };
}
