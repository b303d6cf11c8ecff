// The move that transposing, slicing, broadcasting and flipping have in common: a walk over a tensor with strides of one's own.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount, stridesOf } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate, WrittenWork } from './allocate.ts';
import { axisOf } from './axes.ts';
import { broadcastShape, broadcastStrides } from './broadcast.ts';
import { KernelError, shapeText } from './kernel-error.ts';

/** The elements of `value` at offset + Σ index[d] · strides[d], for every index within `shape`, row by row. */
export function stridedCopy(
  value: Tensor,
  shape: readonly number[],
  offset: number,
  strides: readonly number[],
  allocate: Allocate = allocateFresh,
): Tensor {
  const dtype = value.dtype as NumericDtype;
  const out = allocate(dtype, elementCount(shape));
  const from = value.data as NumericData;
  perform(
    allocate,
    () => copyStrided(out, from, shape, offset, strides),
    (nameOf) => writeRow(nameOf(out), nameOf(from), shape, offset, strides),
  );
  return { dtype, shape, data: out };
}

function copyStrided(
  out: NumericData,
  from: NumericData,
  shape: readonly number[],
  offset: number,
  strides: readonly number[],
): void {
  const last = shape.length - 1;
  const run = shape[last] ?? 1;
  const step = strides[last] ?? 0;
  const index = new Array<number>(Math.max(last, 0)).fill(0);
  let start = offset;
  for (let at = 0; at < out.length; at += run) {
    for (let i = 0, p = start; i < run; i += 1, p += step) out[at + i] = from[p]!;
    for (let d = last - 1; d >= 0; d -= 1) {
      start += strides[d]!;
      index[d] = index[d]! + 1;
      if (index[d] !== shape[d]) break;
      start -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
}

/** copyStrided written out for one row, undefined for more. */
function writeRow(
  out: string,
  from: string,
  shape: readonly number[],
  offset: number,
  strides: readonly number[],
): WrittenWork | undefined {
  if (shape.slice(0, -1).some((dim) => dim !== 1)) return undefined;
  const move = `${out}[j] = ${from}[${offset} + ${strides.at(-1) ?? 0} * j];`;
  return { times: undefined, text: `for (let j = 0; j < ${shape.at(-1) ?? 1}; j += 1) ${move}` };
}

/** Dimension d of the result is dimension order[d] of the operand. */
export function transpose(value: Tensor, order: readonly number[], allocate?: Allocate): Tensor {
  const rank = value.shape.length;
  const axes = order.map((axis) => axisOf(axis, rank));
  if (axes.length !== rank || new Set(axes).size !== rank) {
    throw new KernelError(`transpose expects a permutation of ${rank} dimensions, got ${shapeText(order)}`);
  }
  const strides = stridesOf(value.shape);
  const shape = axes.map((axis) => value.shape[axis]!);
  return stridedCopy(
    value,
    shape,
    0,
    axes.map((axis) => strides[axis]!),
    allocate,
  );
}

/** Repeats a tensor along dimensions of 1 (and new leading ones) until it has the given shape. */
export function broadcastTo(value: Tensor, shape: readonly number[], allocate?: Allocate): Tensor {
  const joint = broadcastShape(value.shape, shape);
  if (joint.length !== shape.length || joint.some((dim, d) => dim !== shape[d])) {
    throw new KernelError(`Incompatible shapes: ${shapeText(value.shape)} vs. ${shapeText(shape)}`);
  }
  return stridedCopy(value, shape, 0, broadcastStrides(value.shape, shape), allocate);
}

/** Turns the given axes round. */
export function flip(value: Tensor, axes: readonly number[], allocate?: Allocate): Tensor {
  const turned = new Set(axes.map((axis) => axisOf(axis, value.shape.length)));
  const strides = stridesOf(value.shape);
  let offset = 0;
  for (const axis of turned) offset += (value.shape[axis]! - 1) * strides[axis]!;
  const signed = strides.map((stride, d) => (turned.has(d) ? -stride : stride));
  return stridedCopy(value, value.shape, offset, signed, allocate);
}
