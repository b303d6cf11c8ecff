// Views: tensors that share their memory, as slices and transposes do in torch. What writes into one writes into all.
//
// A view whose elements lie one after another is a plain tensor over a part of the same typed array. Any other is a
// StridedView, which gathers its elements when they are asked for, and again once the memory has been written to.
import { stridedCopy } from '../../../kernels/strided-copy.ts';
import { cast } from '../../../kernels/cast.ts';
import { broadcastTo } from '../../../kernels/strided-copy.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import { elementCount, sameShape, stridesOf } from '../../../tensor/shape.ts';
import type { Dtype, NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { chargeItems } from '../bounds.ts';
import { room } from './memory.ts';

/** Where the elements of a tensor lie: element (i, j, …) at offset + i·strides[0] + j·strides[1] + …. */
export interface Layout {
  readonly storage: NumericData;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Number of writes so far into memory that has strided views. */
const writes = new WeakMap<ArrayBufferLike, { count: number }>();

class StridedView implements Tensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly layout: Layout;
  readonly #writes: { count: number };
  #gathered: NumericData | undefined;
  #gatheredAt = -1;

  constructor(dtype: Dtype, shape: readonly number[], layout: Layout) {
    const { buffer } = layout.storage;
    this.dtype = dtype;
    this.shape = shape;
    this.layout = layout;
    this.#writes = writes.get(buffer) ?? { count: 0 };
    writes.set(buffer, this.#writes);
  }

  get data(): NumericData {
    if (this.#gathered === undefined || this.#gatheredAt !== this.#writes.count) {
      const { storage, offset, strides } = this.layout;
      const whole = { dtype: this.dtype, shape: [storage.length], data: storage };
      this.#gathered = stridedCopy(whole, this.shape, offset, strides, room).data as NumericData;
      this.#gatheredAt = this.#writes.count;
    }
    return this.#gathered;
  }
}

export function layoutOf(value: Tensor): Layout {
  if (value instanceof StridedView) return value.layout;
  if (value.dtype === 'STRING') throw new ScriptError('STRING tensors are not supported in scripts');
  return { storage: value.data as NumericData, offset: 0, strides: stridesOf(value.shape) };
}

/** Whether the elements lie one after another. */
export const isPlain = (value: Tensor): boolean => !(value instanceof StridedView);

/** The same elements one after another, in memory that no view gathers into: the tensor itself where they lie so already. */
export function contiguous(value: Tensor): Tensor {
  if (!(value instanceof StridedView)) return value;
  return { dtype: value.dtype, shape: value.shape, data: value.data.slice() };
}

/** The tensor that lies so in memory. */
export function viewOf(dtype: Dtype, shape: readonly number[], layout: Layout): Tensor {
  const { storage, offset } = layout;
  if (!isContiguous(shape, layout.strides)) return new StridedView(dtype, shape, layout);
  return { dtype, shape, data: storage.subarray(offset, offset + elementCount(shape)) };
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    const dim = shape[d]!;
    if (dim === 0) return true;
    if (dim !== 1 && strides[d] !== expected) return false;
    expected *= dim;
  }
  return true;
}

function noteWrite(storage: NumericData): void {
  const noted = writes.get(storage.buffer);
  if (noted !== undefined) noted.count++;
}

/** Overwrites all elements of `target` with those of `source`, broadcast to its shape and converted to its dtype. */
export function copyInto(target: Tensor, source: Tensor): void {
  layoutOf(source);
  const converted = cast(source, target.dtype as NumericDtype, room);
  const fits = sameShape(converted.shape, target.shape) || converted.data.length === elementCount(target.shape);
  const from = fits ? converted : broadcastTo(withoutLeadingOnes(converted, target.shape.length), target.shape, room);
  writeAll(target, from.data as NumericData);
}

/** x[0] = y, where y is (1, n): leading dimensions of one do not count. */
function withoutLeadingOnes(value: Tensor, rank: number): Tensor {
  const extra = value.shape.length - rank;
  if (extra <= 0 || value.shape.slice(0, extra).some((dim) => dim !== 1)) return value;
  return { ...value, shape: value.shape.slice(extra), data: value.data };
}

function writeAll(target: Tensor, from: NumericData): void {
  const { storage, offset, strides } = layoutOf(target);
  if (!(target instanceof StridedView)) (storage as Float64Array).set(from as Float64Array);
  else {
    const source = from.buffer === storage.buffer ? from.slice() : from;
    let i = 0;
    for (const at of offsetsOf(target.shape, offset, strides)) storage[at] = source[i++]!;
  }
  noteWrite(storage);
}

/** Overwrites the elements of a storage at the given offsets. */
export function scatterInto(storage: NumericData, offsets: Iterable<number>, source: NumericData): void {
  let i = 0;
  for (const at of offsets) storage[at] = source[i++]!;
  noteWrite(storage);
}

/** The place of every element, row by row. */
export function offsetsOf(shape: readonly number[], offset: number, strides: readonly number[]): number[] {
  chargeItems(elementCount(shape));
  let offsets = [offset];
  for (const [d, dim] of shape.entries()) {
    const next = new Array<number>(offsets.length * dim);
    let i = 0;
    for (const from of offsets) for (let j = 0; j < dim; j++) next[i++] = from + j * strides[d]!;
    offsets = next;
  }
  return offsets;
}
