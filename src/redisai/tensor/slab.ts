// Memory of short-lived small tensors: pieces of one block, since V8 takes half a microsecond to make an array of more than
// SMALL_BYTES with memory of its own, and a fifth of that to make one that looks into memory that is there.
//
// A piece is never handed out twice: a block goes when the last tensor in it has gone. So that a tensor that stays does not
// keep a whole block, whoever keeps one for long takes ownMemory of it.
import { NUMERIC, type NumericDtype } from './dtype.ts';
import type { NumericData, Tensor } from './tensor.ts';

/** Arrays up to this size lie in V8's own heap and cost next to nothing; asked for their buffer, V8 would have to make it first. */
export const SMALL_BYTES = 64;
export const PIECE_BYTES_MAX = 4096;
/** What a tensor may keep alive beside itself while it travels through a run. */
export const SLAB_BYTES = 64 * 1024;
/** Of the dtype with the largest elements. */
const ALIGNMENT = 8;

type OverBuffer = new (buffer: ArrayBuffer, at: number, count: number) => NumericData;

const ARRAYS: Readonly<Record<NumericDtype, OverBuffer>> = {
  FLOAT: Float32Array,
  DOUBLE: Float64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  BOOL: Uint8Array,
};

let slab = new ArrayBuffer(0);
let used = 0;

/** A zero-filled array of n elements, of its own memory where it has more than PIECE_BYTES_MAX. */
export function slabArray(dtype: NumericDtype, n: number): NumericData {
  const traits = NUMERIC[dtype];
  const bytes = n * traits.bytes;
  if (bytes <= SMALL_BYTES || bytes > PIECE_BYTES_MAX) return traits.allocate(n);
  if (used + bytes > slab.byteLength) {
    slab = new ArrayBuffer(SLAB_BYTES);
    used = 0;
  }
  const at = used;
  used += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  return new ARRAYS[dtype](slab, at, n);
}

/** The tensor in memory that nobody else has a part in: itself, where that is so already. */
export function ownMemory(value: Tensor): Tensor {
  const { data, dtype, shape } = value;
  if (!ArrayBuffer.isView(data) || data.byteLength <= SMALL_BYTES) return value;
  return data.byteLength === data.buffer.byteLength ? value : { dtype, shape, data: data.slice() };
}
