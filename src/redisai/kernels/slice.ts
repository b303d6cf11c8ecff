// Cutting pieces out of a tensor: start, number and step along each axis.
import { elementCount, stridesOf } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { perform } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { KernelError } from './kernel-error.ts';
import { stridedCopy } from './strided-copy.ts';

export interface AxisRange {
  readonly start: number;
  /** Number of elements taken. */
  readonly count: number;
  /** May be negative; never 0. */
  readonly step: number;
}

/** Takes `ranges[d]` of dimension d; there is one for each dimension, within its bounds. The result is a copy. */
export function slice(value: Tensor, ranges: readonly AxisRange[], allocate?: Allocate): Tensor {
  const strides = stridesOf(value.shape);
  const offset = offsetOf(value, ranges, strides);
  const steps = ranges.map(({ step }, d) => step * strides[d]!);
  return stridedCopy(value, countsOf(ranges), offset, steps, allocate);
}

/** The same without a copy where the elements lie one after the other: the result shares its memory with `value`. */
export function sliceShared(value: Tensor, ranges: readonly AxisRange[], allocate: Allocate): Tensor {
  if (!isOneRun(value.shape, ranges)) return slice(value, ranges, allocate);
  const offset = offsetOf(value, ranges, stridesOf(value.shape));
  const shape = countsOf(ranges);
  const data = (value.data as NumericData).subarray(offset, offset + elementCount(shape));
  // There is nothing to do; but the loop that fills the memory must not become one with loops that read it from elsewhere in it.
  perform(
    allocate,
    () => undefined,
    () => ({ times: undefined, text: '' }),
  );
  return { dtype: value.dtype, shape, data };
}

/** One element of each outer dimension, a stretch of one dimension, the whole of those within it. */
function isOneRun(shape: readonly number[], ranges: readonly AxisRange[]): boolean {
  const stretch = ranges.findIndex(({ count }) => count !== 1);
  return ranges.every(({ count, step }, d) => step === 1 && (stretch === -1 || d <= stretch || count === shape[d]));
}

const countsOf = (ranges: readonly AxisRange[]): number[] => ranges.map(({ count }) => count);

/** Place of the first element, all being within bounds. */
function offsetOf({ shape }: Tensor, ranges: readonly AxisRange[], strides: readonly number[]): number {
  let offset = 0;
  ranges.forEach(({ start, count, step }, d) => {
    const last = start + (count - 1) * step;
    const dim = shape[d]!;
    if (count > 0 && (start < 0 || start >= dim || last < 0 || last >= dim)) {
      throw new KernelError(`slice ${start}:${last} is out of range for dimension ${d} of size ${dim}`);
    }
    offset += start * strides[d]!;
  });
  return offset;
}

/** Python's start:stop:step over a dimension of `dim` elements; undefined ends are the outer ones. */
export function pythonRange(start: number | undefined, stop: number | undefined, step: number, dim: number): AxisRange {
  if (step === 0) throw new KernelError('slice step must not be zero');
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? dim : dim - 1;
  const bound = (index: number): number => Math.min(Math.max(index < 0 ? index + dim : index, low), high);
  const from = start === undefined ? (step > 0 ? low : high) : bound(start);
  const to = stop === undefined ? (step > 0 ? high : low) : bound(stop);
  return { start: from, count: Math.max(0, Math.ceil((to - from) / step)), step };
}
