// A border of one value around a tensor.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount, stridesOf } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { KernelError } from './kernel-error.ts';

/** Elements before and after, for each dimension. */
export type Padding = readonly (readonly [number, number])[];

export function pad(
  value: Tensor,
  padding: Padding,
  fill: number | bigint,
  allocate: Allocate = allocateFresh,
): Tensor {
  if (padding.length !== value.shape.length || padding.some(([before, after]) => before < 0 || after < 0)) {
    throw new KernelError(`expected ${value.shape.length} paddings of at least 0`);
  }
  const shape = value.shape.map((dim, d) => padding[d]![0] + dim + padding[d]![1]);
  const dtype = value.dtype as NumericDtype;
  const out = allocate(dtype, elementCount(shape));
  for (let i = 0; i < out.length; i += 1) out[i] = fill;
  const strides = stridesOf(shape);
  const corner = padding.reduce((sum, [before], d) => sum + before * strides[d]!, 0);
  copyInner(out, corner, strides, value.data as NumericData, value.shape);
  return { dtype, shape, data: out };
}

/** Lays `from`, row by row, into a larger grid. */
function copyInner(
  out: NumericData,
  corner: number,
  strides: readonly number[],
  from: NumericData,
  shape: readonly number[],
): void {
  const run = shape.at(-1) ?? 1;
  const outer = shape.slice(0, -1);
  for (let row = 0, at = 0; at < from.length; row += 1, at += run) {
    let rest = row;
    let to = corner;
    for (let d = outer.length - 1; d >= 0; d -= 1) {
      to += (rest % outer[d]!) * strides[d]!;
      rest = Math.floor(rest / outer[d]!);
    }
    for (let i = 0; i < run; i += 1) out[to + i] = from[at + i]!;
  }
}
