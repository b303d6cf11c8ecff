// Putting tensors together along an axis, and taking them apart.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount, sameShape } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { axisOf, splitAt } from './axes.ts';
import { KernelError, checkDtype, shapeText } from './kernel-error.ts';
import { expandDims, squeeze } from './reshape.ts';
import { slice } from './slice.ts';

/** At least one part; all of one dtype, of shapes that differ in `axis` only. */
export function concat(parts: readonly Tensor[], axis: number, allocate: Allocate = allocateFresh): Tensor {
  const first = parts[0];
  if (first === undefined) throw new KernelError('nothing to concatenate');
  const at = axisOf(axis, first.shape.length);
  for (const part of parts) checkFits(part, first, at);
  const shape = first.shape.with(
    at,
    parts.reduce((sum, part) => sum + part.shape[at]!, 0),
  );
  const dtype = first.dtype as NumericDtype;
  const out = allocate(dtype, elementCount(shape));
  const { outer, dim, inner } = splitAt(shape, at);
  let column = 0;
  for (const part of parts) {
    const width = part.shape[at]! * inner;
    const to = column;
    const from = part.data as NumericData;
    perform(
      allocate,
      () => copyRows(out, dim * inner, to, from, width, outer),
      (nameOf) => ({ times: undefined, text: rowsText(nameOf(out), dim * inner, to, nameOf(from), width, outer) }),
    );
    column += width;
  }
  return { dtype, shape, data: out };
}

function checkFits(part: Tensor, first: Tensor, axis: number): void {
  checkDtype(part, first.dtype);
  const sameRank = part.shape.length === first.shape.length;
  if (!sameRank || !sameShape(part.shape.toSpliced(axis, 1), first.shape.toSpliced(axis, 1))) {
    throw new KernelError(
      `shapes ${shapeText(first.shape)} and ${shapeText(part.shape)} do not concatenate on axis ${axis}`,
    );
  }
}

function copyRows(
  out: NumericData,
  pitch: number,
  column: number,
  from: NumericData,
  width: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const to = row * pitch + column;
    for (let i = 0, p = row * width; i < width; i += 1) out[to + i] = from[p + i]!;
  }
}

/** copyRows written out. */
function rowsText(out: string, pitch: number, column: number, from: string, width: number, rows: number): string {
  const copy = `${out}[row * ${pitch} + ${column} + i] = ${from}[row * ${width} + i];`;
  return `for (let row = 0; row < ${rows}; row += 1) for (let i = 0; i < ${width}; i += 1) ${copy}`;
}

/** Tensors of one shape along a new axis. */
export function stack(parts: readonly Tensor[], axis: number, allocate?: Allocate): Tensor {
  return concat(
    parts.map((part) => expandDims(part, axis)),
    axis,
    allocate,
  );
}

/** The slices along an axis, without it. */
export function unstack(value: Tensor, axis: number, allocate?: Allocate): Tensor[] {
  const at = axisOf(axis, value.shape.length);
  const sizes = new Array<number>(value.shape[at]!).fill(1);
  return split(value, sizes, at, allocate).map((part) => squeeze(part, [at]));
}

/** Pieces of the given sizes along an axis; together they are the whole. */
export function split(value: Tensor, sizes: readonly number[], axis: number, allocate?: Allocate): Tensor[] {
  const at = axisOf(axis, value.shape.length);
  if (sizes.reduce((sum, size) => sum + size, 0) !== value.shape[at]) {
    throw new KernelError(`sizes ${shapeText(sizes)} do not add up to dimension ${at} of ${shapeText(value.shape)}`);
  }
  let start = 0;
  return sizes.map((count) => {
    const ranges = value.shape.map((dim, d) =>
      d === at ? { start, count, step: 1 } : { start: 0, count: dim, step: 1 },
    );
    start += count;
    return slice(value, ranges, allocate);
  });
}
