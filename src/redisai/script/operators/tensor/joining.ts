// Several tensors put together to one.
import { concat } from '../../../kernels/concat.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import { operator, type Operator } from '../operator.ts';
import { room } from './memory.ts';
import { asTensor, numericDtype, promote } from './promotion.ts';
import { dimensionOf, reshape, unsqueeze } from './shape.ts';

/** All in the dtype that can hold each. */
function unified(values: readonly Tensor[], name: string): Tensor[] {
  if (values.length === 0) throw new ScriptError(`${name} expects a non-empty TensorList`);
  const dtype = values.map(numericDtype).reduce<NumericDtype>(promote, numericDtype(values[0]!));
  return values.map((value) => asTensor(value, dtype));
}

function cat(values: readonly Tensor[], dim: number): Tensor {
  // An empty vector goes with anything: lists of tensors are often begun with one.
  const parts = unified(values, 'torch.cat(): expected a non-empty list of Tensors;').filter(
    (value) => value.shape.length !== 1 || value.shape[0] !== 0,
  );
  if (parts.length === 0) return values[0]!;
  if (parts.some((part) => part.shape.length === 0))
    throw new ScriptError('zero-dimensional tensor (at position 0) cannot be concatenated');
  return concat(parts, dimensionOf(dim, parts[0]!.shape.length), room);
}

function stack(values: readonly Tensor[], dim: number): Tensor {
  const parts = unified(values, 'stack');
  const shape = parts[0]!.shape.join(', ');
  const odd = parts.findIndex((part) => part.shape.join(', ') !== shape);
  if (odd >= 0)
    throw new ScriptError(
      `stack expects each tensor to be equal size, but got [${shape}] at entry 0 and [${parts[odd]!.shape.join(', ')}] at entry ${odd}`,
    );
  const at = dimensionOf(dim, parts[0]!.shape.length + 1);
  return concat(
    parts.map((part) => unsqueeze(part, at)),
    at,
    room,
  );
}

const atLeast2d = (value: Tensor): Tensor => (value.shape.length >= 2 ? value : reshape(value, [1, -1]));
const atLeast1d = (value: Tensor): Tensor => (value.shape.length >= 1 ? value : reshape(value, [1]));

export const JOINING: readonly Operator[] = [
  operator('cat(Tensor[] tensors, int dim=0) -> Tensor', cat),
  operator('concat(Tensor[] tensors, int dim=0) -> Tensor', cat),
  operator('concatenate(Tensor[] tensors, int dim=0) -> Tensor', cat),
  operator('stack(Tensor[] tensors, int dim=0) -> Tensor', stack),
  operator('vstack(Tensor[] tensors) -> Tensor', (values: readonly Tensor[]) => cat(values.map(atLeast2d), 0)),
  operator('hstack(Tensor[] tensors) -> Tensor', (values: readonly Tensor[]) => {
    const parts = values.map(atLeast1d);
    return cat(parts, parts[0]?.shape.length === 1 ? 0 : 1);
  }),
];
