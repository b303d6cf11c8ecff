// torch.nn.functional.relu as one text, where an expression is nothing but names and dots.
import type { Expression } from '../syntax/ast.ts';

export function dottedName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'attribute') return undefined;
  const object = dottedName(expression.object);
  return object === undefined ? undefined : `${object}.${expression.name}`;
}

/** The name that a dotted name begins with. */
export const rootOf = (name: string): string => name.split('.', 1)[0]!;
