// Copies of a tensor with its elements in other places: repeated, turned round, moved on, cut at a diagonal.
import { concat } from '../../../kernels/concat.ts';
import { flip } from '../../../kernels/strided-copy.ts';
import { tile } from '../../../kernels/tile.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { type Operator, operator } from '../operator.ts';
import { ownCopy, room } from './memory.ts';
import { numericDtype } from './promotion.ts';
import { dimensionOf, expand, relaid, reshape, unsqueeze } from './shape.ts';
import { narrow } from './slicing.ts';
import { contiguous } from './view.ts';

function repeat(value: Tensor, times: readonly number[]): Tensor {
  const missing = times.length - value.shape.length;
  if (missing < 0)
    throw new ScriptError('Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor');
  return tile(reshape(value, [...new Array<number>(missing).fill(1), ...value.shape]), times, room);
}

/** repeat, where sizes that are not given are one. */
const tiled = (value: Tensor, times: readonly number[]): Tensor =>
  repeat(value, [...new Array<number>(Math.max(0, value.shape.length - times.length)).fill(1), ...times]);

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

export const REARRANGING: readonly Operator[] = [
  operator('repeat(Tensor self, int[] repeats) -> Tensor', repeat),
  operator('tile(Tensor self, int[] dims) -> Tensor', tiled),
  operator('repeat_interleave(Tensor self, int repeats, int? dim=None) -> Tensor', repeatInterleave),
  operator('flip(Tensor self, int[] dims) -> Tensor', (value: Tensor, dims: readonly number[]) =>
    flip(contiguous(value), dims, room),
  ),
  operator('fliplr(Tensor self) -> Tensor', (value: Tensor) => flip(contiguous(value), [1], room)),
  operator('flipud(Tensor self) -> Tensor', (value: Tensor) => flip(contiguous(value), [0], room)),
  operator('roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor', roll),
  operator('tril(Tensor self, int diagonal=0) -> Tensor', triangle(true)),
  operator('triu(Tensor self, int diagonal=0) -> Tensor', triangle(false)),
  operator('diag(Tensor self) -> Tensor', diag),
];
