// Tensors as the bytes of BLOB: little-endian numbers one after the other, strings each ended by a zero byte.
import { endianness } from 'node:os';
import { NUMERIC } from './dtype.ts';
import { checkedCount } from './shape.ts';
import { TensorError } from './tensor-error.ts';
import type { Dtype, Tensor } from './tensor.ts';

// The bytes of a typed array are those of the wire only on a little-endian machine: every one Node 20 has builds for but s390x.
if (endianness() !== 'LE') throw new Error('the embedded engine needs a little-endian machine');

const BAD_STRING_COUNT = 'ERR Number of string elements in data blob does not match tensor length';

/** A tensor of its own: `blob` is copied. */
export function tensorFromBlob(dtype: Dtype, shape: readonly number[], blob: Uint8Array): Tensor {
  const count = checkedCount(dtype, shape);
  if (dtype === 'STRING') return { dtype, shape, data: splitStrings(blob, count) };
  const traits = NUMERIC[dtype];
  if (blob.length !== count * traits.bytes)
    throw new TensorError('ERR data length does not match tensor shape and type');
  if (traits.kind === 'bool' && blob.some((byte) => byte > 1)) {
    throw new TensorError('ERR BOOL tensor elements must be 0 or 1');
  }
  const data = traits.allocate(count);
  new Uint8Array(data.buffer).set(blob);
  return { dtype, shape, data };
}

/** The bytes of a tensor: for numbers a view into it, not a copy. */
export function tensorToBlob(value: Tensor): Uint8Array {
  const { data } = value;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
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
