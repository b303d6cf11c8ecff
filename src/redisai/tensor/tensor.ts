// The value that travels through the engine: a dtype, a shape and a flat row-major array.

/** RedisAI's names of the element types. */
export type Dtype = 'FLOAT' | 'DOUBLE' | 'INT8' | 'INT16' | 'INT32' | 'INT64' | 'UINT8' | 'UINT16' | 'BOOL' | 'STRING';

/** FLOAT → Float32Array, DOUBLE → Float64Array, INT64 → BigInt64Array, BOOL → Uint8Array of 0 and 1, and so on. */
export type NumericData =
  Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | BigInt64Array | Uint8Array | Uint16Array;

/** STRING tensors hold one byte string per element (without the terminating zero byte of the wire). */
export type TensorData = NumericData | readonly Uint8Array[];

/**
 * An immutable n-dimensional array. `data` is row-major with exactly product(shape) elements; a shape of [] is a scalar
 * of one element. Nobody writes into the data of a tensor once it was handed to somebody else.
 */
export interface Tensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}
