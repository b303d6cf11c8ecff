// All operators of the language by name: the lists of this folder, joined.
import { RAISE } from './assertion.ts';
import { CONVERSIONS } from './conversions.ts';
import { DICTS } from './dicts.ts';
import { LISTS } from './lists.ts';
import { MATHS } from './maths.ts';
import { NUMBERS } from './numbers.ts';
import type { Operator } from './operator.ts';
import { REDIS } from './redis.ts';
import { STRINGS } from './strings.ts';
import { TENSOR_OPERATORS } from './tensor/operators.ts';

const LISTS_OF_OPERATORS = [[RAISE], NUMBERS, CONVERSIONS, MATHS, STRINGS, LISTS, DICTS, REDIS, TENSOR_OPERATORS];

const BY_NAME = new Map<string, Operator[]>();
for (const operator of LISTS_OF_OPERATORS.flat()) {
  const overloads = BY_NAME.get(operator.name);
  if (overloads === undefined) BY_NAME.set(operator.name, [operator]);
  else overloads.push(operator);
}

const NONE: readonly Operator[] = [];

/** The overloads of a name, in the order in which they are tried. */
export function operatorsNamed(name: string): readonly Operator[] {
  return BY_NAME.get(name) ?? NONE;
}

export function operatorNames(): string[] {
  return [...BY_NAME.keys()];
}
