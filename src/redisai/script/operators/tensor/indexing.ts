// tensor[…] and tensor[…] = value: ints, slices, None and … make a view; index tensors and masks pick elements.
import { broadcastShape, broadcastStrides } from '../../../kernels/broadcast.ts';
import { cast } from '../../../kernels/cast.ts';
import { broadcastTo } from '../../../kernels/strided-copy.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import { elementCount, stridesOf } from '../../../tensor/shape.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { chargeItems } from '../bounds.ts';
import type { Scalar } from '../numbers.ts';
import { operator } from '../operator.ts';
import { sliceBounds, type SliceSpec } from '../slice.ts';
import { room } from './memory.ts';
import { scalarTensor } from './promotion.ts';
import { copyInto, layoutOf, offsetsOf, scatterInto, viewOf } from './view.ts';

/** One index as the checker lays it out. */
export type IndexItem = number | SliceSpec | null | '...' | Tensor;

/** A view of all that ints and slices say, and the index tensors by the dimension of the view that each one picks from. */
interface Selection {
  readonly view: Tensor;
  readonly picks: readonly (readonly [dimension: number, indices: Tensor])[];
}

const isTensor = (item: IndexItem): item is Tensor => typeof item === 'object' && item !== null && 'dtype' in item;

/** Dimensions that an index uses up. */
function consumed(item: IndexItem): number {
  if (item === null || item === '...') return 0;
  return isTensor(item) && item.dtype === 'BOOL' ? item.shape.length : 1;
}

function select(value: Tensor, items: readonly IndexItem[]): Selection {
  const used = items.reduce<number>((sum, item) => sum + consumed(item), 0);
  if (used > value.shape.length)
    throw new ScriptError(`too many indices for tensor of dimension ${value.shape.length}`);
  const { storage, offset, strides } = layoutOf(value);
  const shape: number[] = [];
  const steps: number[] = [];
  const picks: [number, Tensor][] = [];
  let start = offset;
  let d = 0;
  const keep = (count: number): void => {
    for (let i = 0; i < count; i++, d++) {
      shape.push(value.shape[d]!);
      steps.push(strides[d]!);
    }
  };
  for (const item of items) {
    if (typeof item === 'number') start += place(item, value.shape[d]!, d) * strides[d++]!;
    else if (item === null) {
      shape.push(1);
      steps.push(0);
    } else if (item === '...') keep(value.shape.length - used);
    else if (isTensor(item)) {
      for (const indices of indexTensors(item, value.shape.slice(d))) {
        picks.push([shape.length, indices]);
        keep(1);
      }
    } else {
      const [from, stop, step] = sliceBounds(item, value.shape[d]!);
      if (step < 0) throw new ScriptError('step must be greater than zero');
      shape.push(Math.max(0, Math.ceil((stop - from) / step)));
      steps.push(step * strides[d]!);
      start += from * strides[d++]!;
    }
  }
  keep(value.shape.length - d);
  return { view: viewOf(value.dtype, shape, { storage, offset: start, strides: steps }), picks };
}

function place(index: number, dim: number, d: number): number {
  const at = index < 0 ? index + dim : index;
  if (at < 0 || at >= dim) throw new ScriptError(`index ${index} is out of bounds for dimension ${d} with size ${dim}`);
  return at;
}

/** A mask is the same as the coordinates of its true elements, one tensor for each of its dimensions. */
function indexTensors(item: Tensor, shape: readonly number[]): Tensor[] {
  if (item.dtype === 'FLOAT' || item.dtype === 'DOUBLE') {
    throw new ScriptError('tensors used as indices must be long, byte or bool tensors');
  }
  if (item.dtype !== 'BOOL') return [item];
  if (item.shape.some((dim, d) => dim !== shape[d])) {
    throw new ScriptError(
      `The shape of the mask [${item.shape.join(', ')}] does not match the shape of the indexed tensor`,
    );
  }
  return trueCoordinates(item);
}

/** NaN is not zero. */
const isTrue = (x: number | bigint): boolean => x !== 0 && x !== 0n;

/** Where the elements are that are not zero, row by row: one tensor of indices for each dimension. */
export function trueCoordinates(value: Tensor): Tensor[] {
  const data = value.data as NumericData;
  let count = 0;
  for (let i = 0; i < data.length; i++) if (isTrue(data[i]!)) count++;
  const columns = value.shape.map(() => room('INT64', count) as BigInt64Array);
  const strides = stridesOf(value.shape);
  for (let i = 0, row = 0; row < count; i++) {
    if (!isTrue(data[i]!)) continue;
    for (const [d, column] of columns.entries()) column[row] = BigInt(Math.floor(i / strides[d]!) % value.shape[d]!);
    row++;
  }
  return columns.map((column) => ({ dtype: 'INT64', shape: [count], data: column }));
}

interface Picked {
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
}

/** Where the picked elements lie. Their dimensions stand where the index tensors stood, or first where those stood apart. */
function pick({ view, picks }: Selection): Picked {
  const { offset, strides } = layoutOf(view);
  const shape = picks.map(([, indices]) => indices.shape).reduce(broadcastShape);
  const dims = picks.map(([dimension]) => dimension);
  const adjacent = dims.every((dimension, i) => i === 0 || dimension === dims[i - 1]! + 1);
  const before = adjacent ? dims[0]! : 0;
  const rest = [...view.shape.keys()].filter((d) => !dims.includes(d));
  const outer = rest.slice(0, before);
  const inner = rest.slice(before);
  const sub = (which: readonly number[]): number[] =>
    offsetsOf(
      which.map((d) => view.shape[d]!),
      0,
      which.map((d) => strides[d]!),
    );
  const chosen = pickedOffsets(picks, shape, view.shape, strides);
  const outerOffsets = sub(outer);
  const innerOffsets = sub(inner);
  const count = outerOffsets.length * chosen.length * innerOffsets.length;
  chargeItems(count);
  const offsets = new Array<number>(count);
  let i = 0;
  for (const o of outerOffsets) for (const c of chosen) for (const n of innerOffsets) offsets[i++] = offset + o + c + n;
  return { shape: [...outer.map((d) => view.shape[d]!), ...shape, ...inner.map((d) => view.shape[d]!)], offsets };
}

function pickedOffsets(
  picks: Selection['picks'],
  shape: readonly number[],
  dims: readonly number[],
  strides: readonly number[],
): number[] {
  chargeItems(elementCount(shape));
  const total = new Array<number>(elementCount(shape)).fill(0);
  for (const [dimension, indices] of picks) {
    const places = offsetsOf(shape, 0, broadcastStrides(indices.shape, shape));
    const data = indices.data as NumericData;
    for (let i = 0; i < total.length; i++) {
      total[i]! += place(Number(data[places[i]!]), dims[dimension]!, dimension) * strides[dimension]!;
    }
  }
  return total;
}

export function indexTensor(value: Tensor, items: readonly IndexItem[]): Tensor {
  const selection = select(value, items);
  if (selection.picks.length === 0) return selection.view;
  const { storage } = layoutOf(selection.view);
  const { shape, offsets } = pick(selection);
  const data = room(value.dtype as NumericDtype, offsets.length);
  for (let i = 0; i < offsets.length; i++) data[i] = storage[offsets[i]!]!;
  return { dtype: value.dtype, shape, data };
}

export function putIntoTensor(target: Tensor, items: readonly IndexItem[], value: Tensor | Scalar): null {
  const source = 'dtype' in value ? value : scalarTensor(value, target.dtype as NumericDtype);
  const selection = select(target, items);
  if (selection.picks.length === 0) {
    copyInto(selection.view, source);
    return null;
  }
  const { shape, offsets } = pick(selection);
  scatterInto(layoutOf(selection.view).storage, offsets, spread(source, target, shape));
  return null;
}

function spread(source: Tensor, target: Tensor, shape: readonly number[]): NumericData {
  return broadcastTo(cast(source, target.dtype as NumericDtype, room), shape, room).data as NumericData;
}

export const INDEX = operator('index(Tensor self, Any indices) -> Tensor', indexTensor);
export const INDEX_PUT = operator('index_put(Tensor self!, Any indices, Any value) -> None', putIntoTensor);
