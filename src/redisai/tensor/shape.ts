// Shapes: how many elements they hold, and the bound on that number. Every allocation by shape goes through here.
import { elementBytes } from './dtype.ts';
import { TensorError } from './tensor-error.ts';
import type { Dtype } from './tensor.ts';

/** Bytes of one tensor. Larger ones are refused before anything is allocated. */
export const TENSOR_BYTES_MAX = 512 * 1024 * 1024;
/** A STRING element costs an object of its own, whatever its text. */
const STRING_ELEMENTS_MAX = 4 * 1024 * 1024;
/** NumPy and TensorFlow stop at 32 and 254; nothing in the field comes near. */
export const DIMENSIONS_MAX = 32;

/** Number of elements of a shape that is known to be within the limits. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const dim of shape) count *= dim;
  return count;
}

/**
 * Number of elements of a shape that came from outside.
 * @throws TensorError when a dimension is negative or not whole, or when the tensor would be too large
 */
export function checkedCount(dtype: Dtype, shape: readonly number[]): number {
  if (shape.length > DIMENSIONS_MAX) throw new TensorError(`ERR tensor has more than ${DIMENSIONS_MAX} dimensions`);
  const max = dtype === 'STRING' ? STRING_ELEMENTS_MAX : TENSOR_BYTES_MAX / elementBytes(dtype);
  let count = 1;
  let empty = false;
  for (const dim of shape) {
    if (!Number.isInteger(dim) || dim < 0) throw new TensorError('ERR invalid or negative value found in tensor shape');
    if (dim === 0) empty = true;
    else count *= dim;
    // Checked at each step: a product past 2^53 would no longer be exact.
    if (count > max) throw new TensorError(`ERR tensor is larger than the limit of ${TENSOR_BYTES_MAX} bytes`);
  }
  return empty ? 0 : count;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i -= 1) {
    strides[i] = stride;
    stride *= shape[i]!;
  }
  return strides;
}
