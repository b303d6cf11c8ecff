// From one dtype to another, with C's conversions.
import { NUMERIC } from '../tensor/dtype.ts';
import type { NumericDtype } from '../tensor/dtype.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate } from './allocate.ts';

/** The same numbers in another dtype: fractions are cut off, whole numbers wrap, BOOL asks whether it is zero. */
export function cast(value: Tensor, dtype: NumericDtype, allocate: Allocate = allocateFresh): Tensor {
  if (value.dtype === dtype) return value;
  const from = value.data as NumericData;
  const out = allocate(dtype, from.length);
  const convert = converter(value.dtype as NumericDtype, dtype);
  perform(allocate, () => {
    for (let i = 0; i < from.length; i += 1) out[i] = convert(from[i]!);
  });
  return { dtype, shape: value.shape, data: out };
}

function converter(from: NumericDtype, to: NumericDtype): (x: number | bigint) => number | bigint {
  if (to === 'BOOL') return (x) => (Number(x) === 0 ? 0 : 1);
  if (to === 'INT64') return from === 'INT64' ? (x) => x : (x) => toBigint(Number(x));
  if (from === 'INT64') return (x) => Number(NUMERIC[to].kind === 'real' ? x : BigInt.asIntN(32, BigInt(x)));
  return (x) => x;
}

function toBigint(x: number): bigint {
  // What x86 makes of a number that does not fit is the smallest one.
  return Number.isFinite(x) ? BigInt(Math.trunc(x)) : -(2n ** 63n);
}
