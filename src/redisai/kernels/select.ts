// Choosing between two tensors, element by element.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount, sameShape } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { broadcastShape } from './broadcast.ts';
import { checkDtype } from './kernel-error.ts';
import { broadcastTo } from './strided-copy.ts';

/** condition ? a : b, all three broadcast together; a and b have one dtype. */
export function select(condition: Tensor, a: Tensor, b: Tensor, allocate: Allocate = allocateFresh): Tensor {
  checkDtype(condition, 'BOOL');
  checkDtype(b, a.dtype);
  const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape));
  const dtype = a.dtype as NumericDtype;
  const truth = spread(condition, shape, allocate);
  const x = spread(a, shape, allocate);
  const y = spread(b, shape, allocate);
  const out = allocate(dtype, elementCount(shape));
  perform(allocate, () => {
    for (let i = 0; i < out.length; i += 1) out[i] = truth[i] ? x[i]! : y[i]!;
  });
  return { dtype, shape, data: out };
}

function spread(value: Tensor, shape: readonly number[], allocate: Allocate): NumericData {
  return (sameShape(value.shape, shape) ? value : broadcastTo(value, shape, allocate)).data as NumericData;
}
