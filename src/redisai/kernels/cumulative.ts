// Running sums and products along an axis.
import type { NumericDtype } from '../tensor/dtype.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { axisOf, splitAt } from './axes.ts';

export interface CumulativeOptions {
  /** Leave the element itself out of its own sum. */
  readonly exclusive?: boolean;
  /** From the end backwards. */
  readonly reverse?: boolean;
}

export function cumsum(value: Tensor, axis: number, options: CumulativeOptions = {}, allocate?: Allocate): Tensor {
  return running(
    value,
    axis,
    0,
    (sum, x) => sum + x,
    (sum, x) => sum + x,
    options,
    allocate,
  );
}

export function cumprod(value: Tensor, axis: number, options: CumulativeOptions = {}, allocate?: Allocate): Tensor {
  return running(
    value,
    axis,
    1,
    (sum, x) => sum * x,
    (sum, x) => BigInt.asIntN(64, sum * x),
    options,
    allocate,
  );
}

function running(
  value: Tensor,
  axis: number,
  start: number,
  step: (sum: number, x: number) => number,
  stepBig: (sum: bigint, x: bigint) => bigint,
  options: CumulativeOptions,
  allocate: Allocate = allocateFresh,
): Tensor {
  const { outer, dim, inner } = splitAt(value.shape, axisOf(axis, value.shape.length));
  const from = value.data as NumericData;
  const dtype = value.dtype as NumericDtype;
  const out = allocate(dtype, from.length);
  for (let i = 0; i < outer * inner; i += 1) {
    const line = lineOf(Math.floor(i / inner) * dim * inner + (i % inner), inner, dim, options.reverse === true);
    if (from instanceof BigInt64Array)
      runLine(out as BigInt64Array, from, line, BigInt(start), stepBig, options.exclusive);
    else runLine(out as Float64Array, from as Float64Array, line, start, step, options.exclusive);
  }
  return { dtype, shape: value.shape, data: out };
}

interface LineWalk {
  readonly from: number;
  readonly step: number;
  readonly dim: number;
}

function lineOf(first: number, step: number, dim: number, reverse: boolean): LineWalk {
  return reverse ? { from: first + (dim - 1) * step, step: -step, dim } : { from: first, step, dim };
}

function runLine<T>(
  out: { [index: number]: T },
  data: { readonly [index: number]: T },
  { from, step, dim }: LineWalk,
  start: T,
  add: (sum: T, x: T) => T,
  exclusive = false,
): void {
  let sum = start;
  for (let j = 0, p = from; j < dim; j += 1, p += step) {
    const next = add(sum, data[p]!);
    out[p] = exclusive ? sum : next;
    sum = next;
  }
}
