// Tensors as the bytes of BLOB: little-endian numbers one after the other, strings each ended by a zero byte.
import { endianness } from 'node:os';
import { NUMERIC } from './dtype.ts';
import type { NumericDtype } from './dtype.ts';
import { checkedCount } from './shape.ts';
import { TensorError } from './tensor-error.ts';
import type { Dtype, NumericData, Tensor } from './tensor.ts';

// The bytes of a typed array are those of the wire only on a little-endian machine: every one Node 20 has builds for but s390x.
if (endianness() !== 'LE') throw new Error('the embedded engine needs a little-endian machine');

const BAD_STRING_COUNT = 'ERR Number of string elements in data blob does not match tensor length';

/** Zero-filled memory for n elements. */
type AllocateNumbers = (dtype: NumericDtype, n: number) => NumericData;

const allocateOwn: AllocateNumbers = (dtype, n) => NUMERIC[dtype].allocate(n);

/** A tensor whose bytes are a copy of `blob`, in memory of its own unless told otherwise. */
export function tensorFromBlob(
  dtype: Dtype,
  shape: readonly number[],
  blob: Uint8Array,
  allocate: AllocateNumbers = allocateOwn,
): Tensor {
  const count = checkedCount(dtype, shape);
  if (dtype === 'STRING') return { dtype, shape, data: splitStrings(blob, count) };
  const traits = NUMERIC[dtype];
  if (blob.length !== count * traits.bytes)
    throw new TensorError('ERR data length does not match tensor shape and type');
  if (traits.kind === 'bool' && blob.some((byte) => byte > 1)) {
    throw new TensorError('ERR BOOL tensor elements must be 0 or 1');
  }
  const data = allocate(dtype, count);
  fillWith(data, dtype, blob);
  return { dtype, shape, data };
}

/** Arrays up to this size are copied sooner than asked for their buffer, which V8 would have to make first. */
const SMALL_BYTES = 64;
const SCRATCH = new Uint8Array(SMALL_BYTES);
/** The same bytes as elements of each dtype. */
const SCRATCH_AS: Readonly<Record<NumericDtype, NumericData>> = {
  FLOAT: new Float32Array(SCRATCH.buffer),
  DOUBLE: new Float64Array(SCRATCH.buffer),
  INT8: new Int8Array(SCRATCH.buffer),
  INT16: new Int16Array(SCRATCH.buffer),
  INT32: new Int32Array(SCRATCH.buffer),
  INT64: new BigInt64Array(SCRATCH.buffer),
  UINT8: SCRATCH,
  UINT16: new Uint16Array(SCRATCH.buffer),
  BOOL: SCRATCH,
};

function fillWith(data: NumericData, dtype: NumericDtype, blob: Uint8Array): void {
  if (blob.length > SMALL_BYTES) {
    new Uint8Array(data.buffer, data.byteOffset, blob.length).set(blob);
    return;
  }
  SCRATCH.set(blob);
  const elements = SCRATCH_AS[dtype];
  for (let i = 0; i < data.length; i += 1) data[i] = elements[i]!;
}

/** The bytes of a tensor: for numbers a view into it, or a copy where that is less work. */
export function tensorToBlob(value: Tensor): Uint8Array {
  const { data, dtype } = value;
  if (dtype !== 'STRING') return numbersToBlob(dtype, data as NumericData);
  return stringsToBlob(data as readonly Uint8Array[]);
}

function numbersToBlob(dtype: NumericDtype, data: NumericData): Uint8Array {
  if (data.byteLength > SMALL_BYTES) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  // Both are of the array type of their common dtype.
  (SCRATCH_AS[dtype] as Float32Array).set(data as Float32Array);
  return SCRATCH.slice(0, data.byteLength);
}

function stringsToBlob(data: readonly Uint8Array[]): Uint8Array {
  const blob = new Uint8Array(data.reduce((sum, text) => sum + text.length + 1, 0));
  let at = 0;
  for (const text of data) {
    blob.set(text, at);
    at += text.length + 1;
  }
  return blob;
}

function splitStrings(blob: Uint8Array, count: number): Uint8Array[] {
  // Each string takes at least its zero byte, so the count is bounded by bytes that are really there.
  if (blob.length < count || (blob.length > 0 && blob.at(-1) !== 0)) throw new TensorError(BAD_STRING_COUNT);
  const strings: Uint8Array[] = [];
  for (let at = 0; at < blob.length;) {
    const end = blob.indexOf(0, at);
    if (strings.length === count) throw new TensorError(BAD_STRING_COUNT);
    strings.push(blob.slice(at, end));
    at = end + 1;
  }
  if (strings.length !== count) throw new TensorError(BAD_STRING_COUNT);
  return strings;
}
