// Kernels that ask which element is larger: arg-max and arg-min, sorting, the k largest. Ties go to the lower index.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { axisOf, splitAt } from './axes.ts';
import { KernelError } from './kernel-error.ts';

/** Index of the largest (or smallest) element along an axis, which goes; the first NaN wins. */
export function argExtreme(
  which: 'max' | 'min',
  value: Tensor,
  axis: number,
  dtype: 'INT32' | 'INT64',
  allocate: Allocate = allocateFresh,
): Tensor {
  const at = axisOf(axis, value.shape.length);
  const { outer, dim, inner } = splitAt(value.shape, at);
  if (dim === 0) throw new KernelError('no largest element along an axis of 0');
  const data = value.data as NumericData;
  const shape = value.shape.toSpliced(at, 1);
  const out = allocate(dtype, elementCount(shape));
  for (let i = 0; i < outer * inner; i += 1) {
    const best = bestOf(which, data, Math.floor(i / inner) * dim * inner + (i % inner), inner, dim);
    out[i] = dtype === 'INT64' ? BigInt(best) : best;
  }
  return { dtype, shape, data: out };
}

function bestOf(which: 'max' | 'min', data: NumericData, from: number, step: number, dim: number): number {
  let best = 0;
  for (let j = 1; j < dim; j += 1) {
    const x = data[from + j * step]!;
    const y = data[from + best * step]!;
    if (Number.isNaN(y)) break;
    if (Number.isNaN(x) || (which === 'max' ? x > y : x < y)) best = j;
  }
  return best;
}

export interface Sorted {
  readonly values: Tensor;
  /** INT64 for Torch, INT32 for TensorFlow: as asked. */
  readonly indices: Tensor;
}

/** The first `k` elements along an axis in order, stable; NaN counts as larger than any number. */
export function sortAlong(
  value: Tensor,
  axis: number,
  descending: boolean,
  k: number,
  indexDtype: 'INT32' | 'INT64',
  allocate: Allocate = allocateFresh,
): Sorted {
  const at = axisOf(axis, value.shape.length);
  const { outer, dim, inner } = splitAt(value.shape, at);
  if (!Number.isInteger(k) || k < 0 || k > dim)
    throw new KernelError(`input must have at least k columns. Had ${dim}, needed ${k}`);
  const data = value.data as NumericData;
  const shape = value.shape.with(at, k);
  const values = allocate(value.dtype as NumericDtype, elementCount(shape));
  const indices = allocate(indexDtype, elementCount(shape));
  for (let i = 0; i < outer * inner; i += 1) {
    const o = Math.floor(i / inner);
    const order = sortedLine(data, o * dim * inner + (i % inner), inner, dim, descending);
    for (let j = 0, to = o * k * inner + (i % inner); j < k; j += 1, to += inner) {
      values[to] = data[o * dim * inner + (i % inner) + order[j]! * inner]!;
      indices[to] = indexDtype === 'INT64' ? BigInt(order[j]!) : order[j]!;
    }
  }
  return { values: { dtype: value.dtype, shape, data: values }, indices: { dtype: indexDtype, shape, data: indices } };
}

function sortedLine(data: NumericData, from: number, step: number, dim: number, descending: boolean): Uint32Array {
  const sign = descending ? -1 : 1;
  return new Uint32Array(dim)
    .map((_, j) => j)
    .sort((i, j) => sign * compare(data[from + i * step]!, data[from + j * step]!) || i - j);
}

function compare(x: number | bigint, y: number | bigint): number {
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
}
