// The element types: one line each, and how to find them by name.
import { TensorError } from './tensor-error.ts';
import type { Dtype, NumericData } from './tensor.ts';

export type NumericDtype = Exclude<Dtype, 'STRING'>;

export interface NumericTraits {
  readonly dtype: NumericDtype;
  /** Bytes of one element. */
  readonly bytes: number;
  /** `real` holds fractions, `integer` and `bool` hold whole numbers between 0 (or min) and max. */
  readonly kind: 'real' | 'integer' | 'bool';
  readonly min: number | bigint;
  readonly max: number | bigint;
  /** A zero-filled array of n elements; n has been checked against the limits. */
  readonly allocate: (n: number) => NumericData;
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

function traits(
  dtype: NumericDtype,
  kind: NumericTraits['kind'],
  bytes: number,
  min: number | bigint,
  max: number | bigint,
  allocate: (n: number) => NumericData,
): NumericTraits {
  return { dtype, kind, bytes, min, max, allocate };
}

export const NUMERIC: Readonly<Record<NumericDtype, NumericTraits>> = {
  FLOAT: traits('FLOAT', 'real', 4, -Infinity, Infinity, (n) => new Float32Array(n)),
  DOUBLE: traits('DOUBLE', 'real', 8, -Infinity, Infinity, (n) => new Float64Array(n)),
  INT8: traits('INT8', 'integer', 1, -128, 127, (n) => new Int8Array(n)),
  INT16: traits('INT16', 'integer', 2, -32768, 32767, (n) => new Int16Array(n)),
  INT32: traits('INT32', 'integer', 4, -2147483648, 2147483647, (n) => new Int32Array(n)),
  INT64: traits('INT64', 'integer', 8, INT64_MIN, INT64_MAX, (n) => new BigInt64Array(n)),
  UINT8: traits('UINT8', 'integer', 1, 0, 255, (n) => new Uint8Array(n)),
  UINT16: traits('UINT16', 'integer', 2, 0, 65535, (n) => new Uint16Array(n)),
  BOOL: traits('BOOL', 'bool', 1, 0, 1, (n) => new Uint8Array(n)),
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
