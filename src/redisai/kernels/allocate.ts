// Where kernels put their results: every kernel takes an allocator, so that a compiled model can hand out the same buffers
// run after run.
import { NUMERIC } from '../tensor/dtype.ts';
import type { NumericDtype } from '../tensor/dtype.ts';
import { TENSOR_BYTES_MAX } from '../tensor/shape.ts';
import type { NumericData } from '../tensor/tensor.ts';
import { KernelError } from './kernel-error.ts';

/** The part of a kernel that touches elements: loops over arrays, whose bounds are settled. */
export type Work = () => void;

/** Gives room for `count` elements. The content is not defined: a kernel writes every element of its result. */
export interface Allocate {
  (dtype: NumericDtype, count: number): NumericData;
  /** Where a compiled model keeps the work of a run, to do it again on the same arrays. */
  readonly keep?: (work: Work) => void;
}

/** Does the work, and keeps it where somebody wants it. A kernel of which this can be said is repeatable. */
export function perform(allocate: Allocate, work: Work): void {
  work();
  allocate.keep?.(work);
}

/** The allocator of whoever does not reuse buffers. */
export const allocateFresh: Allocate = (dtype, count) => {
  const traits = NUMERIC[dtype];
  if (count * traits.bytes > TENSOR_BYTES_MAX) {
    throw new KernelError(`a result of ${count} elements is larger than the limit of ${TENSOR_BYTES_MAX} bytes`);
  }
  return traits.allocate(count);
};
