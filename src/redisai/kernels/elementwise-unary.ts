// Operators of one operand, element by element: one operator, one line.
import type { NumericDtype } from '../tensor/dtype.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate, NameOf, WrittenWork } from './allocate.ts';
import { checkDtype } from './kernel-error.ts';
import { unaryLoop, writeUnary } from './loop-code.ts';
import type { UnaryLoop } from './loop-code.ts';

interface UnaryRule {
  /** Over x as a number; storing rounds to float32. */
  readonly number: string;
  /** For INT64, over a bigint, where `number` does not serve. */
  readonly bigint?: string;
  /** True where the result is BOOL whatever the operand. */
  readonly truth?: true;
}

/** Halves go to the even neighbour, in TensorFlow and in Torch. */
const ROUND = 'x - Math.floor(x) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)';

const RULES = {
  identity: { number: 'x' },
  neg: { number: '-x' },
  abs: { number: 'Math.abs(x)', bigint: 'x < 0n ? -x : x' },
  sign: { number: 'x > 0 ? 1 : x < 0 ? -1 : x', bigint: 'x > 0n ? 1n : x < 0n ? -1n : 0n' },
  square: { number: 'x * x' },
  sqrt: { number: 'Math.sqrt(x)' },
  rsqrt: { number: '1 / Math.sqrt(x)' },
  reciprocal: { number: '1 / x' },
  exp: { number: 'Math.exp(x)' },
  expm1: { number: 'Math.expm1(x)' },
  log: { number: 'Math.log(x)' },
  log2: { number: 'Math.log2(x)' },
  log10: { number: 'Math.log10(x)' },
  log1p: { number: 'Math.log1p(x)' },
  sin: { number: 'Math.sin(x)' },
  cos: { number: 'Math.cos(x)' },
  tan: { number: 'Math.tan(x)' },
  asin: { number: 'Math.asin(x)' },
  acos: { number: 'Math.acos(x)' },
  atan: { number: 'Math.atan(x)' },
  sinh: { number: 'Math.sinh(x)' },
  cosh: { number: 'Math.cosh(x)' },
  tanh: { number: 'Math.tanh(x)' },
  erf: { number: 'erf(x)' },
  floor: { number: 'Math.floor(x)', bigint: 'x' },
  ceil: { number: 'Math.ceil(x)', bigint: 'x' },
  trunc: { number: 'Math.trunc(x)', bigint: 'x' },
  round: { number: ROUND, bigint: 'x' },
  sigmoid: { number: '1 / (1 + Math.exp(-x))' },
  // Written so that a NaN goes through.
  relu: { number: 'x <= 0 ? 0 : x', bigint: 'x <= 0n ? 0n : x' },
  relu6: { number: 'x <= 0 ? 0 : x >= 6 ? 6 : x' },
  elu: { number: 'x < 0 ? Math.expm1(x) : x' },
  selu: { number: '1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x)' },
  gelu: { number: 'x * 0.5 * (1 + erf(x * Math.SQRT1_2))' },
  silu: { number: 'x / (1 + Math.exp(-x))' },
  softplus: { number: 'x > 20 ? x + Math.exp(-x) : Math.log1p(Math.exp(x))' },
  softsign: { number: 'x / (1 + Math.abs(x))' },
  isNan: { number: 'x !== x ? 1 : 0', truth: true },
  isInfinite: { number: 'x === Infinity || x === -Infinity ? 1 : 0', truth: true },
  isFinite: { number: 'x - x === 0 ? 1 : 0', truth: true },
  not: { number: 'x ? 0 : 1', truth: true },
  bitNot: { number: '~x' },
} as const satisfies Readonly<Record<string, UnaryRule>>;

export type UnaryOperator = keyof typeof RULES;
export type UnaryKernel = (a: Tensor, allocate?: Allocate) => Tensor;

type WriteLoop = (nameOf: NameOf, out: NumericData, x: NumericData) => WrittenWork;

const made = new Map<string, UnaryKernel>();

/** The kernel of an operator for an operand of this dtype. The result has the same dtype, or BOOL for a question. */
export function unary(operator: UnaryOperator, dtype: NumericDtype): UnaryKernel {
  const key = `${operator} ${dtype}`;
  let kernel = made.get(key);
  if (kernel === undefined) {
    const rule: UnaryRule = RULES[operator];
    const expression = dtype === 'INT64' ? (rule.bigint ?? rule.number) : rule.number;
    const write: WriteLoop = (nameOf, out, x) => writeUnary(expression, nameOf, out, x);
    kernel = each(unaryLoop(expression), dtype, rule.truth === true ? 'BOOL' : dtype, write);
    made.set(key, kernel);
  }
  return kernel;
}

/** x for x ≥ 0, else slope · x. */
export function leakyRelu(slope: number, dtype: NumericDtype): UnaryKernel {
  return each(
    (out, a, n) => {
      for (let i = 0; i < n; i += 1) out[i] = Number(a[i]) < 0 ? Number(a[i]) * slope : a[i]!;
    },
    dtype,
    dtype,
  );
}

/** x for x ≥ 0, else alpha · (exp(x) − 1). */
export function eluWith(alpha: number, dtype: NumericDtype): UnaryKernel {
  return each(
    (out, a, n) => {
      for (let i = 0; i < n; i += 1) out[i] = Number(a[i]) < 0 ? alpha * Math.expm1(Number(a[i])) : a[i]!;
    },
    dtype,
    dtype,
  );
}

function each(loop: UnaryLoop, operand: NumericDtype, dtype: NumericDtype, write?: WriteLoop): UnaryKernel {
  return (a, allocate = allocateFresh) => {
    checkDtype(a, operand);
    const x = a.data as NumericData;
    const out = allocate(dtype, x.length);
    perform(
      allocate,
      () => loop(out, x, x.length),
      (nameOf) => write?.(nameOf, out, x),
    );
    return { dtype, shape: a.shape, data: out };
  };
}
