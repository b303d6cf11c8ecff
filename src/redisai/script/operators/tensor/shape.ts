// Views of a tensor in another shape, and copies where its elements have to move.
import { axisOf } from '../../../kernels/axes.ts';
import { concat } from '../../../kernels/concat.ts';
import { flip } from '../../../kernels/strided-copy.ts';
import { reshape as reshaped } from '../../../kernels/reshape.ts';
import { tile } from '../../../kernels/tile.ts';
import { broadcastShape } from '../../../kernels/broadcast.ts';
import { elementCount, sameShape } from '../../../tensor/shape.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { operator, type Operator } from '../operator.ts';
import { sliceBounds } from '../slice.ts';
import { ownCopy, room } from './memory.ts';
import { numericDtype } from './promotion.ts';
import { contiguous, isPlain, layoutOf, viewOf } from './view.ts';

/** One dimension as it lies in memory: [elements, stride]. */
type Dimension = readonly [size: number, stride: number];

function dimensions(value: Tensor): Dimension[] {
  const { strides } = layoutOf(value);
  return value.shape.map((dim, d) => [dim, strides[d]!]);
}

/** A view with other dimensions over the same memory. */
function relaid(value: Tensor, dims: readonly Dimension[], start = 0): Tensor {
  const { storage, offset } = layoutOf(value);
  const shape = dims.map(([size]) => size);
  return viewOf(value.dtype, shape, { storage, offset: offset + start, strides: dims.map(([, stride]) => stride) });
}

/** A dimension as scripts name it; tensors without dimensions have one for this purpose. */
export function dimensionOf(dim: number, rank: number): number {
  const size = Math.max(rank, 1);
  if (dim < -size || dim >= size) {
    throw new ScriptError(
      `Dimension out of range (expected to be in range of [${-size}, ${size - 1}], but got ${dim})`,
    );
  }
  return axisOf(dim, size);
}

/** A view where the layout allows one, as torch does; a copy where it does not. */
export function reshape(value: Tensor, shape: readonly number[]): Tensor {
  return viewed(value, shape) ?? reshaped(contiguous(value), shape);
}

/** undefined where the elements would have to move. */
function viewed(value: Tensor, wanted: readonly number[]): Tensor | undefined {
  if (isPlain(value)) return reshaped(value, wanted);
  const { shape } = reshaped({ dtype: value.dtype, shape: value.shape, data: [] }, wanted);
  const dims = splitDimensions(dimensions(value), shape);
  return dims === undefined ? undefined : relaid(value, dims);
}

/** Each run of dimensions that lie evenly in memory may be divided anew, but not what lies apart. */
function splitDimensions(dims: readonly Dimension[], shape: readonly number[]): Dimension[] | undefined {
  const result: Dimension[] = [];
  let next = shape.length - 1;
  for (let d = dims.length - 1; d >= 0;) {
    let [size, stride] = dims[d]!;
    for (d--; d >= 0 && (dims[d]![0] === 1 || dims[d]![1] === size * stride || size === 1); d--) {
      if (size === 1) stride = dims[d]![1];
      size *= dims[d]![0];
    }
    let taken = 1;
    for (; next >= 0 && (taken < size || shape[next] === 1); next--) {
      result.unshift([shape[next]!, taken * stride]);
      taken *= shape[next]!;
    }
    if (taken !== size) return undefined;
  }
  for (; next >= 0 && shape[next] === 1; next--) result.unshift([1, 1]);
  return next < 0 ? result : undefined;
}

function flatten(value: Tensor, start: number, end: number): Tensor {
  const { shape } = value;
  const [from, to] = [dimensionOf(start, shape.length), dimensionOf(end, shape.length)];
  if (from > to) throw new ScriptError('flatten() has invalid args: start_dim cannot come after end_dim');
  return reshape(value, [...shape.slice(0, from), elementCount(shape.slice(from, to + 1)), ...shape.slice(to + 1)]);
}

function squeeze(value: Tensor, dim: number | null): Tensor {
  const at = dim === null ? undefined : dimensionOf(dim, value.shape.length);
  return relaid(
    value,
    dimensions(value).filter(([size], d) => size !== 1 || (at !== undefined && d !== at)),
  );
}

export function unsqueeze(value: Tensor, dim: number): Tensor {
  const at = dimensionOf(dim, value.shape.length + 1);
  return relaid(value, dimensions(value).toSpliced(at, 0, [1, 1]));
}

export function permute(value: Tensor, order: readonly number[]): Tensor {
  const rank = value.shape.length;
  const axes = order.map((dim) => dimensionOf(dim, rank));
  if (axes.length !== rank || new Set(axes).size !== rank)
    throw new ScriptError(`permute: expected a permutation of ${rank} dimensions`);
  const dims = dimensions(value);
  return relaid(
    value,
    axes.map((axis) => dims[axis]!),
  );
}

export function transpose(value: Tensor, a: number, b: number): Tensor {
  const order = [...value.shape.keys()];
  const [i, j] = [dimensionOf(a, order.length), dimensionOf(b, order.length)];
  if (order.length === 0) return value;
  [order[i], order[j]] = [order[j]!, order[i]!];
  return permute(value, order);
}

function t(value: Tensor): Tensor {
  if (value.shape.length > 2)
    throw new ScriptError(`t() expects a tensor with <= 2 dimensions, but self is ${value.shape.length}D`);
  return value.shape.length < 2 ? value : transpose(value, 0, 1);
}

/** -1 leaves a dimension as it is. */
export function expand(value: Tensor, shape: readonly number[]): Tensor {
  const missing = shape.length - value.shape.length;
  if (missing < 0)
    throw new ScriptError(`expand: ${shape.length} sizes are too few for a tensor of dimension ${value.shape.length}`);
  const dims = dimensions(value);
  const expanded = shape.map((size, d): Dimension => {
    const [own, stride] = dims[d - missing] ?? [1, 0];
    if (size === -1 && d >= missing) return [own, stride];
    if (own === size) return [own, d < missing ? 0 : stride];
    if (own === 1 && size >= 0) return [size, 0];
    throw new ScriptError(
      `The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${d}`,
    );
  });
  return relaid(value, expanded);
}

function repeat(value: Tensor, times: readonly number[]): Tensor {
  const missing = times.length - value.shape.length;
  if (missing < 0)
    throw new ScriptError('Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor');
  return tile(reshape(value, [...new Array<number>(missing).fill(1), ...value.shape]), times, room);
}

/** repeat, where sizes that are not given are one. */
const tiled = (value: Tensor, times: readonly number[]): Tensor =>
  repeat(value, [...new Array<number>(Math.max(0, value.shape.length - times.length)).fill(1), ...times]);

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

function roll(value: Tensor, shifts: readonly number[], dims: readonly number[]): Tensor {
  if (dims.length === 0) return reshape(rollOne(reshape(value, [-1]), shifts[0] ?? 0, 0), value.shape);
  if (dims.length !== shifts.length) throw new ScriptError('shifts and dimensions must align');
  return dims.reduce((result, dim, i) => rollOne(result, shifts[i]!, dim), value);
}

function rollOne(value: Tensor, shift: number, dim: number): Tensor {
  const at = dimensionOf(dim, value.shape.length);
  const size = value.shape[at]!;
  if (size === 0) return value;
  const start = (((-shift % size) + size) % size) + 0;
  return concat([narrow(value, at, start, size - start), narrow(value, at, 0, start)], at, room);
}

/** Elements above (or below) a diagonal become zero. */
const triangle =
  (lower: boolean) =>
  (value: Tensor, diagonal: number): Tensor => {
    const [rows = 0, columns = 0] = value.shape.slice(-2);
    if (value.shape.length < 2) throw new ScriptError('tril and triu expect a tensor with at least 2 dimensions');
    const result = ownCopy(value);
    const data = result.data as NumericData;
    const zero = numericDtype(value) === 'INT64' ? 0n : 0;
    for (let i = 0; i < data.length; i++) {
      const [row, column] = [Math.floor(i / columns) % rows, i % columns];
      if (lower ? column > row + diagonal : column < row + diagonal) data[i] = zero;
    }
    return result;
  };

/** The diagonal of a matrix; of a vector, the matrix that has it there. */
function diag(value: Tensor): Tensor {
  const data = value.data as NumericData;
  if (value.shape.length === 2) {
    const [rows, columns] = value.shape as [number, number];
    return ownCopy(relaid(contiguous(value), [[Math.min(rows, columns), columns + 1]]));
  }
  if (value.shape.length !== 1) throw new ScriptError('diag expects a vector or a matrix');
  const n = data.length;
  const out = room(numericDtype(value), n * n);
  for (let i = 0; i < n; i++) out[i * (n + 1)] = data[i]!;
  return { dtype: value.dtype, shape: [n, n], data: out };
}

/** The values, each repeated. */
function repeatInterleave(value: Tensor, times: number, dim: number | null): Tensor {
  const source = dim === null ? reshape(value, [-1]) : value;
  const at = dimensionOf(dim ?? 0, source.shape.length);
  const apart = expand(unsqueeze(source, at + 1), [
    ...source.shape.slice(0, at + 1),
    times,
    ...source.shape.slice(at + 1),
  ]);
  return reshape(ownCopy(apart), source.shape.with(at, source.shape[at]! * times));
}

function view(value: Tensor, shape: readonly number[]): Tensor {
  const result = viewed(value, shape);
  if (result === undefined) {
    throw new ScriptError(
      "view size is not compatible with input tensor's size and stride. Use .reshape(...) instead.",
    );
  }
  return result;
}

export const SHAPE: readonly Operator[] = [
  operator('reshape(Tensor self, int[] shape) -> Tensor', reshape),
  operator('view(Tensor self, int[] size) -> Tensor', view),
  operator('view_as(Tensor self, Tensor other) -> Tensor', (value: Tensor, other: Tensor) => view(value, other.shape)),
  operator('reshape_as(Tensor self, Tensor other) -> Tensor', (value: Tensor, other: Tensor) =>
    reshape(value, other.shape),
  ),
  operator('flatten(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor', flatten),
  operator('ravel(Tensor self) -> Tensor', (value: Tensor) => reshape(value, [-1])),
  operator('squeeze(Tensor self, int? dim=None) -> Tensor', squeeze),
  operator('unsqueeze(Tensor self, int dim) -> Tensor', unsqueeze),
  operator('permute(Tensor self, int[] dims) -> Tensor', permute),
  operator('transpose(Tensor self, int dim0, int dim1) -> Tensor', transpose),
  operator('swapaxes(Tensor self, int axis0, int axis1) -> Tensor', transpose),
  operator('swapdims(Tensor self, int dim0, int dim1) -> Tensor', transpose),
  operator('t(Tensor self) -> Tensor', t),
  operator('numpy_T(Tensor self) -> Tensor', (value: Tensor) => permute(value, [...value.shape.keys()].reverse())),
  operator('mT(Tensor self) -> Tensor', (value: Tensor) => transpose(value, -2, -1)),
  operator('expand(Tensor self, int[] size, *, bool implicit=False) -> Tensor', expand),
  operator('broadcast_to(Tensor self, int[] size) -> Tensor', expand),
  operator('expand_as(Tensor self, Tensor other) -> Tensor', (value: Tensor, other: Tensor) =>
    expand(value, other.shape),
  ),
  operator('repeat(Tensor self, int[] repeats) -> Tensor', repeat),
  operator('tile(Tensor self, int[] dims) -> Tensor', tiled),
  operator('repeat_interleave(Tensor self, int repeats, int? dim=None) -> Tensor', repeatInterleave),
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
  operator('flip(Tensor self, int[] dims) -> Tensor', (value: Tensor, dims: readonly number[]) =>
    flip(contiguous(value), dims, room),
  ),
  operator('fliplr(Tensor self) -> Tensor', (value: Tensor) => flip(contiguous(value), [1], room)),
  operator('flipud(Tensor self) -> Tensor', (value: Tensor) => flip(contiguous(value), [0], room)),
  operator('roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor', roll),
  operator('tril(Tensor self, int diagonal=0) -> Tensor', triangle(true)),
  operator('triu(Tensor self, int diagonal=0) -> Tensor', triangle(false)),
  operator('diag(Tensor self) -> Tensor', diag),
  operator('broadcast_tensors(Tensor[] tensors) -> Tensor[]', (values: readonly Tensor[]) => {
    const shape = values.map((value) => value.shape).reduce(broadcastShape);
    return values.map((value) => (sameShape(value.shape, shape) ? value : expand(value, shape)));
  }),
];
