// Parts of a tensor as views: slices, single places, pieces.
import type { Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { type Operator, operator } from '../operator.ts';
import { sliceBounds } from '../slice.ts';
import { dimensionOf, dimensions, relaid } from './shape.ts';

/** `size` elements of a dimension, from `start` on, by `step`. */
export function narrow(value: Tensor, dim: number, start: number, size: number, step = 1): Tensor {
  const at = dimensionOf(dim, value.shape.length);
  const dims = dimensions(value);
  const [length, stride] = dims[at] ?? [0, 0];
  const from = start < 0 ? start + length : start;
  if (from < 0 || size < 0 || from + (size - 1) * step >= Math.max(length, 1)) {
    throw new ScriptError(`start (${start}) + length (${size}) exceeds dimension size (${length}).`);
  }
  return relaid(value, dims.with(at, [size, stride * step]), from * stride);
}

export function select(value: Tensor, dim: number, index: number): Tensor {
  if (value.shape.length === 0) throw new ScriptError('select() cannot be applied to a 0-dim tensor.');
  const at = dimensionOf(dim, value.shape.length);
  const size = value.shape[at]!;
  if (index < -size || index >= size)
    throw new ScriptError(
      `select(): index ${index} out of range for tensor of size [${value.shape.join(', ')}] at dimension ${at}`,
    );
  const one = narrow(value, at, index < 0 ? index + size : index, 1);
  return relaid(one, dimensions(one).toSpliced(at, 1));
}

function slice(value: Tensor, dim: number, start: number | null, end: number | null, step: number): Tensor {
  const at = dimensionOf(dim, value.shape.length);
  if (step <= 0) throw new ScriptError('slice step must be positive');
  const [from, to] = sliceBounds({ start, stop: end, step }, value.shape[at]!);
  return narrow(value, at, from, Math.max(0, Math.ceil((to - from) / step)), step);
}

function unbind(value: Tensor, dim: number): Tensor[] {
  if (value.shape.length === 0) throw new ScriptError('iteration over a 0-d tensor');
  const at = dimensionOf(dim, value.shape.length);
  return Array.from({ length: value.shape[at]! }, (_, i) => select(value, at, i));
}

function splitSizes(value: Tensor, sizes: readonly number[], dim: number): Tensor[] {
  const at = dimensionOf(dim, value.shape.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== value.shape[at])
    throw new ScriptError(
      `split_with_sizes expects split_sizes to sum exactly to ${value.shape[at]!}, but got ${total}`,
    );
  let start = 0;
  return sizes.map((size) => {
    const part = narrow(value, at, start, size);
    start += size;
    return part;
  });
}

function split(value: Tensor, size: number, dim: number): Tensor[] {
  const length = value.shape[dimensionOf(dim, value.shape.length)]!;
  if (size <= 0) throw new ScriptError(`split expects a positive split_size, got ${size}`);
  const count = Math.max(1, Math.ceil(length / size));
  return splitSizes(
    value,
    Array.from({ length: count }, (_, i) => Math.min(size, length - i * size)),
    dim,
  );
}

function chunk(value: Tensor, chunks: number, dim: number): Tensor[] {
  if (chunks <= 0) throw new ScriptError('chunk expects `chunks` to be greater than 0');
  return split(value, Math.max(1, Math.ceil(value.shape[dimensionOf(dim, value.shape.length)]! / chunks)), dim);
}

export const SLICING: readonly Operator[] = [
  operator(
    'narrow(Tensor self, int dim, int start, int length) -> Tensor',
    (value: Tensor, dim: number, start: number, size: number) => narrow(value, dim, start, size),
  ),
  operator('select(Tensor self, int dim, int index) -> Tensor', select),
  operator('slice(Tensor self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor', slice),
  operator('unbind(Tensor self, int dim=0) -> Tensor[]', unbind),
  operator('split(Tensor self, int split_size, int dim=0) -> Tensor[]', split),
  operator('split(Tensor self, int[] split_sizes, int dim) -> Tensor[]', splitSizes),
  operator('split(Tensor self, int[] split_sizes) -> Tensor[]', (value: Tensor, sizes: readonly number[]) =>
    splitSizes(value, sizes, 0),
  ),
  operator('split_with_sizes(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]', splitSizes),
  operator('chunk(Tensor self, int chunks, int dim=0) -> Tensor[]', chunk),
];
