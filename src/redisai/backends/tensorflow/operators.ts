// All operators that a TensorFlow graph may use here; a graph with any other is refused when it is loaded.
import type { Operator } from './operator.ts';
import { ELEMENTWISE } from './operators/elementwise.ts';
import { IMAGE } from './operators/image.ts';
import { LINEAR } from './operators/linear.ts';
import { MAKING } from './operators/making.ts';
import { REDUCTION } from './operators/reduction.ts';
import { SHAPING } from './operators/shaping.ts';

/** The first input as it is: nothing is left of these in a plan. */
export const TRANSPARENT: ReadonlySet<string> = new Set([
  'Identity',
  'StopGradient',
  'PreventGradient',
  'Snapshot',
  'PlaceholderWithDefault',
]);

export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [ELEMENTWISE, LINEAR, REDUCTION, SHAPING, MAKING, IMAGE].flatMap((table) => Object.entries(table)),
);
