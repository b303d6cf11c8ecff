// x: List[List[int]] = tensor.tolist(): the annotation says how deep the lists are and what they hold.
import { NUMERIC } from '../../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { typeText, type Type } from '../../check/type.ts';
import { ScriptError } from '../../script.ts';
import { checkListLength } from '../bounds.ts';
import { operator, type Operator } from '../operator.ts';
import { numberOf, numericDtype } from './promotion.ts';

const KINDS = { int: 'integer', float: 'real', bool: 'bool' } as const;

/** The operator `tolist` for results of a type. */
export function listOperator(type: Type): Operator {
  let depth = 0;
  let item = type;
  for (; item.kind === 'List'; item = item.of) depth++;
  const kind = KINDS[item.kind as keyof typeof KINDS] as string | undefined;
  if (kind === undefined) throw new ScriptError(`${typeText(type)} is not one of the supported types for tolist()`);
  return operator('tolist(Tensor self) -> Any', (value: Tensor) => {
    const fits = value.shape.length === depth && NUMERIC[numericDtype(value)].kind === kind;
    if (!fits)
      throw new ScriptError(
        `tolist(): a ${value.dtype} tensor of ${value.shape.length} dimensions is no ${typeText(type)}`,
      );
    return nested(value);
  });
}

function nested(value: Tensor): unknown {
  const data = value.data as NumericData;
  const isBool = value.dtype === 'BOOL';
  checkListLength(data.length);
  let level: unknown[] = Array.from({ length: data.length }, (_, i) => (isBool ? data[i] !== 0 : numberOf(data, i)));
  for (let d = value.shape.length - 1; d >= 0; d--) {
    const dim = value.shape[d]!;
    const count = value.shape.slice(0, d).reduce((product, each) => product * each, 1);
    const inner = level;
    level = Array.from({ length: count }, (_, i) => inner.slice(i * dim, (i + 1) * dim));
  }
  return level[0];
}
