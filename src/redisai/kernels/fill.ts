// Tensors made from nothing: one value everywhere, a sequence, a one at an index, uniform random numbers.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { axisOf, splitAt } from './axes.ts';
import { KernelError } from './kernel-error.ts';

/** `value` is a bigint for INT64 and a number for all others. */
export function fill(
  dtype: NumericDtype,
  shape: readonly number[],
  value: number | bigint,
  allocate: Allocate = allocateFresh,
): Tensor {
  if (shape.some((dim) => dim < 0)) throw new KernelError(`dimensions must be at least 0, got ${shape.join(', ')}`);
  const data = allocate(dtype, elementCount(shape));
  for (let i = 0; i < data.length; i += 1) data[i] = value;
  return { dtype, shape, data };
}

/** start, start + step, … as long as it lies before stop. */
export function range(
  dtype: NumericDtype,
  start: number,
  stop: number,
  step: number,
  allocate: Allocate = allocateFresh,
): Tensor {
  if (step === 0 || (stop - start) / step < 0) throw new KernelError(`no range from ${start} to ${stop} by ${step}`);
  const count = Math.ceil((stop - start) / step);
  const data = allocate(dtype, count);
  for (let i = 0; i < count; i += 1) data[i] = dtype === 'INT64' ? BigInt(start + i * step) : start + i * step;
  return { dtype, shape: [count], data };
}

/** A new axis of `depth` elements: `on` at the index, `off` elsewhere (everywhere, for an index outside). */
export function oneHot(
  indices: Tensor,
  depth: number,
  on: number | bigint,
  off: number | bigint,
  axis: number,
  dtype: NumericDtype,
  allocate?: Allocate,
): Tensor {
  const at = axisOf(axis, indices.shape.length + 1);
  const result = fill(dtype, indices.shape.toSpliced(at, 0, depth), off, allocate);
  const { inner } = splitAt(result.shape, at);
  const data = result.data as NumericData;
  (indices.data as NumericData).forEach((given: number | bigint, i: number) => {
    const index = Number(given);
    if (index >= 0 && index < depth) data[(Math.floor(i / inner) * depth + index) * inner + (i % inner)] = on;
  });
  return result;
}

/** Uniform over [0, 1), new ones at every call. */
export function randomUniform(
  dtype: 'FLOAT' | 'DOUBLE',
  shape: readonly number[],
  allocate: Allocate = allocateFresh,
): Tensor {
  const data = allocate(dtype, elementCount(shape));
  // Steps of 2^-23 as TensorFlow's: a finer float32 could round up to 1.
  const step = dtype === 'FLOAT' ? 2 ** -23 : 2 ** -52;
  for (let i = 0; i < data.length; i += 1) data[i] = Math.floor(Math.random() / step) * step;
  return { dtype, shape, data };
}
