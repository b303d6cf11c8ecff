// == of values other than numbers and texts: lists and tuples item by item.
import type { Tensor } from '../../tensor/tensor.ts';
import { ScriptError } from '../script.ts';
import { sameTensor } from './tensor/equality.ts';

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if ('dtype' in a && 'dtype' in b) return sameTensor(a as Tensor, b as Tensor);
  throw new ScriptError('values of these types cannot be compared');
}
