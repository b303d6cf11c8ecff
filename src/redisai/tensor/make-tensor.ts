// Makers of tensors inside the engine, and what a tensor weighs.
import { NUMERIC } from './dtype.ts';
import { checkedCount } from './shape.ts';
import type { Dtype, Tensor, TensorData } from './tensor.ts';

const NO_BYTES = new Uint8Array(0);
/** What an object costs beside its bytes, roughly: header, shape array, typed array. */
const OBJECT_BYTES = 160;

/** A tensor around data that the caller gives away. */
export function tensor(dtype: Dtype, shape: readonly number[], data: TensorData): Tensor {
  return { dtype, shape, data };
}

/** All zeros (empty strings); the shape may come from outside. */
export function zeros(dtype: Dtype, shape: readonly number[]): Tensor {
  const count = checkedCount(dtype, shape);
  if (dtype === 'STRING') return { dtype, shape, data: new Array<Uint8Array>(count).fill(NO_BYTES) };
  return { dtype, shape, data: NUMERIC[dtype].allocate(count) };
}

/** Bytes of memory that a tensor holds. */
export function memoryBytes(value: Tensor): number {
  const { data } = value;
  if (ArrayBuffer.isView(data)) return OBJECT_BYTES + data.byteLength;
  return data.reduce((sum, text) => sum + OBJECT_BYTES + text.byteLength, OBJECT_BYTES);
}
