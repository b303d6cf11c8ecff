// The element types: one line each, and how to find them by name.
import { TensorError } from './tensor-error.ts';
import type { Dtype, NumericData } from './tensor.ts';

export type NumericDtype = Exclude<Dtype, 'STRING'>;

export interface NumericTraits {
  /** Bytes of one element. */
  readonly bytes: number;
  /** `real` holds fractions, `integer` and `bool` whole numbers. */
  readonly kind: 'real' | 'integer' | 'bool';
  /** Largest value. */
  readonly max: number | bigint;
  /** A zero-filled array of n elements; n has been checked against the limits. */
  readonly allocate: (n: number) => NumericData;
}

export const NUMERIC: Readonly<Record<NumericDtype, NumericTraits>> = {
  FLOAT: { kind: 'real', bytes: 4, max: Infinity, allocate: (n) => new Float32Array(n) },
  DOUBLE: { kind: 'real', bytes: 8, max: Infinity, allocate: (n) => new Float64Array(n) },
  INT8: { kind: 'integer', bytes: 1, max: 127, allocate: (n) => new Int8Array(n) },
  INT16: { kind: 'integer', bytes: 2, max: 32767, allocate: (n) => new Int16Array(n) },
  INT32: { kind: 'integer', bytes: 4, max: 2147483647, allocate: (n) => new Int32Array(n) },
  INT64: { kind: 'integer', bytes: 8, max: 2n ** 63n - 1n, allocate: (n) => new BigInt64Array(n) },
  UINT8: { kind: 'integer', bytes: 1, max: 255, allocate: (n) => new Uint8Array(n) },
  UINT16: { kind: 'integer', bytes: 2, max: 65535, allocate: (n) => new Uint16Array(n) },
  BOOL: { kind: 'bool', bytes: 1, max: 1, allocate: (n) => new Uint8Array(n) },
};

const BY_NAME: ReadonlyMap<string, Dtype> = new Map([
  ...(Object.keys(NUMERIC) as NumericDtype[]).map((dtype) => [dtype, dtype] as const),
  ['STRING', 'STRING'],
]);

/** @param word a name of a dtype in upper case. */
export function dtypeNamed(word: string): Dtype {
  const dtype = BY_NAME.get(word);
  if (dtype === undefined) throw new TensorError('ERR invalid data type');
  return dtype;
}

/** Bytes one element takes at least; a STRING element is at least its terminating zero. */
export function elementBytes(dtype: Dtype): number {
  return dtype === 'STRING' ? 1 : NUMERIC[dtype].bytes;
}
