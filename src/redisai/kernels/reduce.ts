// Reductions over axes: one operator, one line.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount, stridesOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { axisOf } from './axes.ts';

interface ReduceRule {
  readonly start: number;
  readonly step: (sum: number, x: number) => number;
  readonly startBig?: bigint;
  readonly stepBig?: (sum: bigint, x: bigint) => bigint;
  /** Applied at the end, with the number of elements that went into each result. */
  readonly finish?: (sum: number, n: number) => number;
}

const RULES = {
  sum: { start: 0, step: (s, x) => s + x, startBig: 0n, stepBig: (s, x) => s + x },
  mean: { start: 0, step: (s, x) => s + x, finish: (s, n) => s / n, startBig: 0n, stepBig: (s, x) => s + x },
  prod: { start: 1, step: (s, x) => s * x, startBig: 1n, stepBig: (s, x) => s * x },
  max: { start: -Infinity, step: (s, x) => Math.max(s, x), startBig: -(2n ** 63n), stepBig: (s, x) => (x > s ? x : s) },
  min: {
    start: Infinity,
    step: (s, x) => Math.min(s, x),
    startBig: 2n ** 63n - 1n,
    stepBig: (s, x) => (x < s ? x : s),
  },
  any: { start: 0, step: (s, x) => (s !== 0 || x !== 0 ? 1 : 0) },
  all: { start: 1, step: (s, x) => (s !== 0 && x !== 0 ? 1 : 0) },
} as const satisfies Readonly<Record<string, ReduceRule>>;

export type ReduceOperator = keyof typeof RULES;

/**
 * Folds the given axes (all of them when undefined) into one element each, in the operand's dtype. Sums are kept in
 * double precision and rounded once.
 */
export function reduce(
  operator: ReduceOperator,
  value: Tensor,
  axes: readonly number[] | undefined,
  keepDims: boolean,
  allocate: Allocate = allocateFresh,
): Tensor {
  const rule: ReduceRule = RULES[operator];
  const plan = planReduction(value.shape, axes, keepDims);
  const dtype = value.dtype as NumericDtype;
  const out = allocate(dtype, elementCount(plan.shape));
  perform(allocate, () => {
    if (dtype === 'INT64' && rule.stepBig !== undefined)
      reduceBig(rule, plan, value.data as BigInt64Array, out as BigInt64Array);
    else reduceNumbers(rule, plan, value.data as Float64Array, out as Float64Array);
  });
  return { dtype, shape: plan.shape, data: out };
}

interface ReductionPlan {
  readonly shape: readonly number[];
  /** Offsets of the kept elements, and of the folded ones within each. */
  readonly kept: Offsets;
  readonly folded: Offsets;
}

function planReduction(
  shape: readonly number[],
  axes: readonly number[] | undefined,
  keepDims: boolean,
): ReductionPlan {
  const fold = new Set(axes?.map((axis) => axisOf(axis, shape.length)) ?? shape.keys());
  const strides = stridesOf(shape);
  const pick = (wanted: boolean): Offsets => {
    const dims = [...shape.keys()].filter((d) => fold.has(d) === wanted);
    return new Offsets(
      dims.map((d) => shape[d]!),
      dims.map((d) => strides[d]!),
    );
  };
  const outShape = keepDims ? shape.map((dim, d) => (fold.has(d) ? 1 : dim)) : shape.filter((_, d) => !fold.has(d));
  return { shape: outShape, kept: pick(false), folded: pick(true) };
}

/** Offset of the i-th element of a sub-grid of a tensor. */
class Offsets {
  readonly count: number;
  readonly #dims: readonly number[];
  readonly #strides: readonly number[];

  constructor(dims: readonly number[], strides: readonly number[]) {
    this.count = elementCount(dims);
    this.#dims = dims;
    this.#strides = strides;
  }

  at(i: number): number {
    if (this.#dims.length === 1) return i * this.#strides[0]!;
    let rest = i;
    let offset = 0;
    for (let d = this.#dims.length - 1; d >= 0; d -= 1) {
      const dim = this.#dims[d]!;
      offset += (rest % dim) * this.#strides[d]!;
      rest = Math.floor(rest / dim);
    }
    return offset;
  }
}

function reduceNumbers(rule: ReduceRule, plan: ReductionPlan, data: Float64Array, out: Float64Array): void {
  const { kept, folded } = plan;
  for (let i = 0; i < kept.count; i += 1) {
    const base = kept.at(i);
    let sum = rule.start;
    for (let j = 0; j < folded.count; j += 1) sum = rule.step(sum, data[base + folded.at(j)]!);
    out[i] = rule.finish === undefined ? sum : rule.finish(sum, folded.count);
  }
}

function reduceBig(rule: ReduceRule, plan: ReductionPlan, data: BigInt64Array, out: BigInt64Array): void {
  const { kept, folded } = plan;
  const mean = rule.finish !== undefined;
  for (let i = 0; i < kept.count; i += 1) {
    const base = kept.at(i);
    let sum = rule.startBig!;
    for (let j = 0; j < folded.count; j += 1) sum = rule.stepBig!(sum, data[base + folded.at(j)]!);
    out[i] = mean && folded.count > 0 ? sum / BigInt(folded.count) : sum;
  }
}
