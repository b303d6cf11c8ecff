// Views of a tensor in another shape, and copies where its elements have to move.
import { reshape as reshaped } from '../../../kernels/reshape.ts';
import { axisOf } from '../../../kernels/axes.ts';
import { broadcastShape } from '../../../kernels/broadcast.ts';
import { elementCount, sameShape } from '../../../tensor/shape.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { type Operator, operator } from '../operator.ts';
import { contiguous, isPlain, layoutOf, viewOf } from './view.ts';

/** One dimension as it lies in memory: [elements, stride]. */
type Dimension = readonly [size: number, stride: number];

export function dimensions(value: Tensor): Dimension[] {
  const { strides } = layoutOf(value);
  return value.shape.map((dim, d) => [dim, strides[d]!]);
}

/** A view with other dimensions over the same memory. */
export function relaid(value: Tensor, dims: readonly Dimension[], start = 0): Tensor {
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
  operator('broadcast_tensors(Tensor[] tensors) -> Tensor[]', (values: readonly Tensor[]) => {
    const shape = values.map((value) => value.shape).reduce(broadcastShape);
    return values.map((value) => (sameShape(value.shape, shape) ? value : expand(value, shape)));
  }),
];
