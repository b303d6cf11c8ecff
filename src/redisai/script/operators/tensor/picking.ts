// Elements chosen by index, by mask or by order.
import { axisOf, splitAt } from '../../../kernels/axes.ts';
import { broadcastShape } from '../../../kernels/broadcast.ts';
import { gather as gatherSlices } from '../../../kernels/gather.ts';
import { select } from '../../../kernels/select.ts';
import { sortAlong } from '../../../kernels/order.ts';
import { elementCount } from '../../../tensor/shape.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { indexTensor, trueCoordinates } from './indexing.ts';
import { ownCopy, room } from './memory.ts';
import { asTensor, commonDtype, elementOf, numericDtype, type Operand } from './promotion.ts';
import { dimensionOf, expand, reshape } from './shape.ts';
import { narrow } from './slicing.ts';
import { contiguous, copyInto } from './view.ts';

function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  if (condition.dtype !== 'BOOL' && condition.dtype !== 'UINT8')
    throw new ScriptError(
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${condition.dtype}`,
    );
  const dtype = commonDtype(a, b);
  return select(asTensor(condition, 'BOOL'), asTensor(a, dtype), asTensor(b, dtype), room);
}

function nonzero(value: Tensor): Tensor {
  const columns = trueCoordinates(value);
  const rank = columns.length;
  const count = columns[0]?.data.length ?? (Number(value.data[0]) === 0 ? 0 : 1);
  const data = room('INT64', count * rank);
  for (const [d, column] of columns.entries())
    for (let i = 0; i < count; i++) data[i * rank + d] = column.data[i] as bigint;
  return { dtype: 'INT64', shape: [count, rank], data };
}

function requireMask(mask: Tensor): void {
  if (mask.dtype !== 'BOOL')
    throw new ScriptError(`masked_fill only supports boolean masks, but got mask with dtype ${mask.dtype}`);
}

function maskedFill(value: Tensor, mask: Tensor, fill: Operand): Tensor {
  requireMask(mask);
  const dtype = numericDtype(value);
  return select(mask, asTensor(fill, dtype), value, room);
}

function maskedSelect(value: Tensor, mask: Tensor): Tensor {
  requireMask(mask);
  const shape = broadcastShape(value.shape, mask.shape);
  return indexTensor(expand(value, shape), [contiguous(expand(mask, shape))]);
}

/** out[i][j] = value[index[i][j]][j] for dim 0, and so on. */
export function takeAlong(value: Tensor, index: Tensor, dim: number): Tensor {
  const source = value.shape.length === 0 ? reshape(value, [1]) : value;
  const places = index.shape.length === 0 ? reshape(index, [1]) : index;
  const at = axisOf(dim, source.shape.length);
  const { dim: size } = splitAt(source.shape, at);
  const from = source.data as NumericData;
  const chosen = places.data as NumericData;
  const out = room(numericDtype(value), chosen.length);
  const strides = source.shape.map((_, d) => elementCount(source.shape.slice(d + 1)));
  for (let i = 0; i < chosen.length; i++) {
    const picked = Number(chosen[i]);
    if (picked < 0 || picked >= size)
      throw new ScriptError(`index ${picked} is out of bounds for dimension ${at} with size ${size}`);
    out[i] = from[offsetOf(i, places.shape, strides, at) + picked * strides[at]!]!;
  }
  return { dtype: value.dtype, shape: index.shape, data: out };
}

/** Where the i-th index of the shape points, its own dimension left out. */
function offsetOf(i: number, shape: readonly number[], strides: readonly number[], without: number): number {
  let rest = i;
  let offset = 0;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (d !== without) offset += (rest % shape[d]!) * strides[d]!;
    rest = Math.floor(rest / shape[d]!);
  }
  return offset;
}

function gather(value: Tensor, dim: number, index: Tensor): Tensor {
  requireIndices(index);
  const at = dimensionOf(dim, value.shape.length);
  if (index.shape.length !== value.shape.length)
    throw new ScriptError('Index tensor must have the same number of dimensions as input tensor');
  if (index.shape.some((size, d) => d !== at && size > value.shape[d]!))
    throw new ScriptError('Size does not match at a dimension of the index tensor');
  return takeAlong(value, index, at);
}

function requireIndices(index: Tensor): void {
  if (index.dtype !== 'INT64' && index.dtype !== 'INT32') throw new ScriptError('Expected dtype int64 for index');
}

/** out = value, but out[index[i][j]][j] = source[i][j] for dim 0, and so on. */
function scatter(value: Tensor, dim: number, index: Tensor, source: Tensor | Scalar, add: boolean): Tensor {
  requireIndices(index);
  const at = dimensionOf(dim, value.shape.length);
  const result = ownCopy(value);
  const data = result.data as NumericData;
  const dtype = numericDtype(value);
  const strides = value.shape.map((_, d) => elementCount(value.shape.slice(d + 1)));
  const from = 'dtype' in source ? (asTensor(source, dtype).data as NumericData) : undefined;
  if ('dtype' in source && source.shape.join() !== index.shape.join())
    throw new ScriptError('scatter: index and src must have the same shape');
  const chosen = index.data as NumericData;
  for (let i = 0; i < chosen.length; i++) {
    const picked = Number(chosen[i]);
    if (picked < 0 || picked >= value.shape[at]!)
      throw new ScriptError(`index ${picked} is out of bounds for dimension ${at} with size ${value.shape[at]!}`);
    const place = offsetOf(i, index.shape, strides, at) + picked * strides[at]!;
    const item = from === undefined ? elementOf((source as Scalar).value, dtype) : from[i]!;
    data[place] = add ? (data[place] as number) + (item as number) : item;
  }
  return result;
}

function indexSelect(value: Tensor, dim: number, index: Tensor): Tensor {
  requireIndices(index);
  return gatherSlices(
    contiguous(value),
    index.shape.length === 0 ? reshape(index, [1]) : index,
    dimensionOf(dim, value.shape.length),
    room,
  );
}

function sort(value: Tensor, dim: number, descending: boolean): [Tensor, Tensor] {
  if (value.shape.length === 0) return [value, { dtype: 'INT64', shape: [], data: new BigInt64Array(1) }];
  const at = dimensionOf(dim, value.shape.length);
  const { values, indices } = sortAlong(value, at, descending, value.shape[at]!, 'INT64', room);
  return [values, indices];
}

function topK(value: Tensor, k: number, dim: number, largest: boolean): [Tensor, Tensor] {
  const [values, indices] = sort(value, dim, largest);
  const at = dimensionOf(dim, value.shape.length);
  if (k < 0 || k > (value.shape[at] ?? 1)) throw new ScriptError('selected index k out of range');
  if (value.shape.length === 0) return [values, indices];
  return [contiguous(narrow(values, at, 0, k)), contiguous(narrow(indices, at, 0, k))];
}

/** Into which of the intervals between sorted boundaries each element falls. */
function bucketize(value: Tensor, boundaries: Tensor, right: boolean): Tensor {
  const edges = Array.from(boundaries.data as NumericData, Number);
  const out = room('INT64', value.data.length);
  for (let i = 0; i < out.length; i++) {
    const x = Number(value.data[i]);
    const found = edges.findIndex((edge) => (right ? edge > x : edge >= x));
    out[i] = BigInt(found < 0 ? edges.length : found);
  }
  return { dtype: 'INT64', shape: value.shape, data: out };
}

const embed = (weight: Tensor, indices: Tensor): Tensor => {
  requireIndices(indices);
  return gatherSlices(weight, indices, 0, room);
};

export const PICKING: readonly Operator[] = [
  operator('where(Tensor condition, Tensor self, Tensor other) -> Tensor', where),
  operator('where(Tensor condition, Scalar self, Tensor other) -> Tensor', where),
  operator('where(Tensor condition, Tensor self, Scalar other) -> Tensor', where),
  operator('where(Tensor condition, Scalar self, Scalar other) -> Tensor', where),
  operator('where(Tensor condition) -> Tensor[]', trueCoordinates),
  operator('nonzero(Tensor self) -> Tensor', nonzero),
  operator('argwhere(Tensor self) -> Tensor', nonzero),
  operator('masked_fill(Tensor self, Tensor mask, Scalar value) -> Tensor', maskedFill),
  operator('masked_fill(Tensor self, Tensor mask, Tensor value) -> Tensor', maskedFill),
  operator(
    'masked_fill_(Tensor self!, Tensor mask, Scalar value) -> Tensor',
    (self: Tensor, mask: Tensor, value: Scalar) => (copyInto(self, maskedFill(self, mask, value)), self),
  ),
  operator('masked_select(Tensor self, Tensor mask) -> Tensor', maskedSelect),
  operator('gather(Tensor self, int dim, Tensor index) -> Tensor', gather),
  operator(
    'take_along_dim(Tensor self, Tensor indices, int dim) -> Tensor',
    (value: Tensor, index: Tensor, dim: number) => gather(value, dim, index),
  ),
  operator(
    'scatter(Tensor self, int dim, Tensor index, Tensor src) -> Tensor',
    (v: Tensor, d: number, i: Tensor, s: Tensor) => scatter(v, d, i, s, false),
  ),
  operator(
    'scatter(Tensor self, int dim, Tensor index, Scalar value) -> Tensor',
    (v: Tensor, d: number, i: Tensor, s: Scalar) => scatter(v, d, i, s, false),
  ),
  operator(
    'scatter_(Tensor self!, int dim, Tensor index, Tensor src) -> Tensor',
    (v: Tensor, d: number, i: Tensor, s: Tensor) => (copyInto(v, scatter(v, d, i, s, false)), v),
  ),
  operator(
    'scatter_(Tensor self!, int dim, Tensor index, Scalar value) -> Tensor',
    (v: Tensor, d: number, i: Tensor, s: Scalar) => (copyInto(v, scatter(v, d, i, s, false)), v),
  ),
  operator(
    'scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor',
    (v: Tensor, d: number, i: Tensor, s: Tensor) => scatter(v, d, i, s, true),
  ),
  operator('index_select(Tensor self, int dim, Tensor index) -> Tensor', indexSelect),
  operator('take(Tensor self, Tensor index) -> Tensor', (value: Tensor, index: Tensor) =>
    indexTensor(reshape(value, [-1]), [index]),
  ),
  operator('sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor, Tensor)', sort),
  operator(
    'argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor',
    (value: Tensor, dim: number, descending: boolean) => sort(value, dim, descending)[1],
  ),
  operator('topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor, Tensor)', topK),
  operator(
    'bucketize(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor',
    (value: Tensor, boundaries: Tensor, _: boolean, right: boolean) => bucketize(value, boundaries, right),
  ),
  operator(
    'embedding(Tensor weight, Tensor indices, int padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor',
    embed,
  ),
  operator('functional::embedding(Tensor self, Tensor weight) -> Tensor', (indices: Tensor, weight: Tensor) =>
    embed(weight, indices),
  ),
];
