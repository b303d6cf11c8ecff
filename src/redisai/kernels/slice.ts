// Cutting pieces out of a tensor: start, number and step along each axis.
import { stridesOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
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

/** Takes `ranges[d]` of dimension d; there is one for each dimension, within its bounds. */
export function slice(value: Tensor, ranges: readonly AxisRange[], allocate?: Allocate): Tensor {
  const strides = stridesOf(value.shape);
  let offset = 0;
  ranges.forEach(({ start, count, step }, d) => {
    const last = start + (count - 1) * step;
    const dim = value.shape[d]!;
    if (count > 0 && (start < 0 || start >= dim || last < 0 || last >= dim)) {
      throw new KernelError(`slice ${start}:${last} is out of range for dimension ${d} of size ${dim}`);
    }
    offset += start * strides[d]!;
  });
  const steps = ranges.map(({ step }, d) => step * strides[d]!);
  return stridedCopy(
    value,
    ranges.map(({ count }) => count),
    offset,
    steps,
    allocate,
  );
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
