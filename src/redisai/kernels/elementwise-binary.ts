// Operators of two operands, element by element with broadcasting: one operator, one line.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate, WriteWork } from './allocate.ts';
import { broadcastShape, endsWith, walkBroadcast } from './broadcast.ts';
import { checkDtype } from './kernel-error.ts';
import { binaryLoop, writeBinary } from './loop-code.ts';
import type { BinaryLoop } from './loop-code.ts';

interface BinaryRule {
  /** Over x and y as numbers. Storing into the result rounds to float32, or wraps as C does. */
  readonly number: string;
  /** For INT32, where `number` would lose bits. */
  readonly int32?: string;
  /** For INT64, over bigints, where `number` does not serve. */
  readonly bigint?: string;
  /** True where the result is BOOL whatever the operands. */
  readonly truth?: true;
}

const truth = (number: string): BinaryRule => ({ number, truth: true });

const RULES = {
  add: { number: 'x + y' },
  sub: { number: 'x - y' },
  mul: { number: 'x * y', int32: 'Math.imul(x, y)' },
  div: { number: 'x / y' },
  truncDiv: { number: 'Math.trunc(x / y)', bigint: 'y === 0n ? 0n : x / y' },
  floorDiv: { number: 'Math.floor(x / y)', bigint: 'y === 0n ? 0n : (x - (x % y + y) % y) / y' },
  floorMod: {
    number: 'x % y !== 0 && (x % y < 0) !== (y < 0) ? (x % y) + y : x % y',
    bigint: 'y === 0n ? 0n : (x % y + y) % y',
  },
  truncMod: { number: 'x % y', bigint: 'y === 0n ? 0n : x % y' },
  maximum: { number: 'Math.max(x, y)', bigint: 'x > y ? x : y' },
  minimum: { number: 'Math.min(x, y)', bigint: 'x < y ? x : y' },
  // JavaScript says 1 ** NaN and (-1) ** Infinity are NaN; C, and so everybody else, says 1.
  pow: {
    number: 'x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y',
    bigint: 'powInt64(x, y)',
  },
  squaredDifference: { number: '(x - y) * (x - y)', int32: 'Math.imul(x - y, x - y)' },
  atan2: { number: 'Math.atan2(x, y)' },
  equal: truth('x === y ? 1 : 0'),
  notEqual: truth('x !== y ? 1 : 0'),
  less: truth('x < y ? 1 : 0'),
  lessEqual: truth('x <= y ? 1 : 0'),
  greater: truth('x > y ? 1 : 0'),
  greaterEqual: truth('x >= y ? 1 : 0'),
  and: truth('x && y ? 1 : 0'),
  or: truth('x || y ? 1 : 0'),
  xor: truth('!x !== !y ? 1 : 0'),
  bitAnd: { number: 'x & y', bigint: 'x & y' },
  bitOr: { number: 'x | y', bigint: 'x | y' },
  bitXor: { number: 'x ^ y', bigint: 'x ^ y' },
} as const satisfies Readonly<Record<string, BinaryRule>>;

export type BinaryOperator = keyof typeof RULES;
export type BinaryKernel = (a: Tensor, b: Tensor, allocate?: Allocate) => Tensor;

/** Of the result and of both operands. */
type Shapes = readonly [readonly number[], readonly number[], readonly number[]];

const made = new Map<string, BinaryKernel>();

/** The kernel of an operator for operands that both have this dtype. */
export function binary(operator: BinaryOperator, dtype: NumericDtype): BinaryKernel {
  const key = `${operator} ${dtype}`;
  let kernel = made.get(key);
  if (kernel === undefined) {
    const rule: BinaryRule = RULES[operator];
    kernel = broadcasting(expressionFor(rule, dtype), dtype, rule.truth === true ? 'BOOL' : dtype);
    made.set(key, kernel);
  }
  return kernel;
}

function expressionFor(rule: BinaryRule, dtype: NumericDtype): string {
  if (dtype === 'INT64') return rule.bigint ?? rule.number;
  return dtype === 'INT32' ? (rule.int32 ?? rule.number) : rule.number;
}

function broadcasting(expression: string, operand: NumericDtype, dtype: NumericDtype): BinaryKernel {
  const loop = binaryLoop(expression);
  return (a, b, allocate = allocateFresh) => {
    checkDtype(a, operand);
    checkDtype(b, operand);
    const x = a.data as NumericData;
    const y = b.data as NumericData;
    // Nearly all operands in the field: equal shapes, a bias for each row, or one number. The smaller one is gone through again
    // and again.
    const inner = Math.min(x.length, y.length);
    const [wider, narrower] = isWider(a, b) ? [a.shape, b.shape] : [b.shape, a.shape];
    const simple = (inner === 1 && narrower.length <= wider.length) || (inner > 0 && endsWith(wider, narrower));
    const shape = simple ? wider : broadcastShape(a.shape, b.shape);
    const out = allocate(dtype, simple ? Math.max(x.length, y.length) : elementCount(shape));
    const write: WriteWork = (nameOf) => writeBinary(expression, nameOf, out, x, y);
    if (simple) perform(allocate, () => repeat(loop, out, x, y, inner), write);
    else perform(allocate, () => walk(loop, out, x, y, [shape, a.shape, b.shape]));
    return { dtype, shape, data: out };
  };
}

/** Of as many elements, the one of more dimensions (all of them 1) is the wider. */
function isWider(a: Tensor, b: Tensor): boolean {
  const more = a.data.length - b.data.length;
  return more > 0 || (more === 0 && a.shape.length >= b.shape.length);
}

function walk(loop: BinaryLoop, out: NumericData, x: NumericData, y: NumericData, shapes: Shapes): void {
  walkBroadcast(...shapes, (o, n, ia, sa, ib, sb) => loop(out, o, x, ia, sa, y, ib, sb, n));
}

function repeat(loop: BinaryLoop, out: NumericData, x: NumericData, y: NumericData, inner: number): void {
  if (inner === 1) {
    loop(out, 0, x, 0, x.length === 1 ? 0 : 1, y, 0, y.length === 1 ? 0 : 1, out.length);
    return;
  }
  for (let i = 0; i < out.length; i += inner) {
    loop(out, i, x, x.length === inner ? 0 : i, 1, y, y.length === inner ? 0 : i, 1, inner);
  }
}
