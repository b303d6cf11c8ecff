// Which dtype two operands have together, by torch's rules: tensors with dimensions decide over those without, and those
// over numbers, unless the lesser one is of a higher category (bool < int < float).
import { cast } from '../../../kernels/cast.ts';
import { NUMERIC, type NumericDtype } from '../../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { room } from './memory.ts';

export type Operand = Tensor | Scalar;

const isTensor = (operand: Operand): operand is Tensor => 'dtype' in operand;

const CATEGORY = { bool: 0, integer: 1, real: 2 } as const;

export function numericDtype(value: Tensor): NumericDtype {
  if (value.dtype === 'STRING' || value.dtype === 'UINT16')
    throw new ScriptError(`${value.dtype} tensors are not supported in scripts`);
  return value.dtype;
}

const categoryOf = (dtype: NumericDtype): number => CATEGORY[NUMERIC[dtype].kind];

/** The dtype of a tensor that is made of a number. */
export const SCALAR_DTYPES: Readonly<Record<Scalar['kind'], NumericDtype>> = {
  bool: 'BOOL',
  int: 'INT64',
  float: 'FLOAT',
};

/** 0: a number, 1: a tensor without dimensions, 2: one with. */
function rankOf(operand: Operand): number {
  if (!isTensor(operand)) return 0;
  return operand.shape.length === 0 ? 1 : 2;
}

export function commonDtype(a: Operand, b: Operand): NumericDtype {
  const left = isTensor(a) ? numericDtype(a) : SCALAR_DTYPES[a.kind];
  const right = isTensor(b) ? numericDtype(b) : SCALAR_DTYPES[b.kind];
  if (left === right) return left;
  const order = rankOf(a) - rankOf(b);
  if (order > 0 && categoryOf(left) >= categoryOf(right)) return left;
  if (order < 0 && categoryOf(right) >= categoryOf(left)) return right;
  return promote(left, right);
}

/** Of two dtypes of equal standing. */
export function promote(a: NumericDtype, b: NumericDtype): NumericDtype {
  if (a === b) return a;
  const [low, high] = categoryOf(a) <= categoryOf(b) ? [a, b] : [b, a];
  if (categoryOf(low) < categoryOf(high)) return high;
  const [small, large] = NUMERIC[low].bytes <= NUMERIC[high].bytes ? [low, high] : [high, low];
  // UINT8 with INT8: neither holds the other.
  return NUMERIC[small].bytes === NUMERIC[large].bytes ? 'INT16' : large;
}

/** The dtype for operators whose results have fractions. */
export const realDtype = (dtype: NumericDtype): NumericDtype => (NUMERIC[dtype].kind === 'real' ? dtype : 'FLOAT');

/** A number as a tensor without dimensions. */
export function scalarTensor({ value }: Scalar, dtype: NumericDtype): Tensor {
  const data = NUMERIC[dtype].allocate(1);
  data[0] = elementOf(value, dtype);
  return { dtype, shape: [], data };
}

/** A number as an element of that dtype. */
export function elementOf(value: number, dtype: NumericDtype): number | bigint {
  if (dtype === 'BOOL') return value === 0 ? 0 : 1;
  return dtype === 'INT64' ? BigInt(Math.trunc(value)) : value;
}

/** The operand as a tensor of the dtype. */
export function asTensor(operand: Operand, dtype: NumericDtype): Tensor {
  if (!isTensor(operand)) return scalarTensor(operand, dtype);
  return operand.dtype === dtype ? operand : cast(operand, dtype, room);
}

/** An element as the number that a script sees. @throws ScriptError beyond 2^53 */
export function numberOf(data: NumericData, i: number): number {
  const value = data[i]!;
  if (typeof value === 'number') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new ScriptError('an int is beyond 2^53, which this engine does not support');
  return number;
}
