// Where kernels put their results: every kernel takes an allocator, so that a compiled model can hand out the same buffers
// run after run.
import { NUMERIC } from '../tensor/dtype.ts';
import type { NumericDtype } from '../tensor/dtype.ts';
import { TENSOR_BYTES_MAX } from '../tensor/shape.ts';
import type { NumericData } from '../tensor/tensor.ts';
import { KernelError } from './kernel-error.ts';

/** The part of a kernel that touches elements: loops over arrays, whose bounds are settled. */
export type Work = () => void;

/** The name of an array in a text. */
export type NameOf = (array: NumericData) => string;

/** Work as JavaScript, put together from the tables of this folder and from numbers, never from anything from outside. */
export interface WrittenWork {
  /**
   * `text` is to be done for i = 0 … times - 1, and time i reads nothing of what others of the times write: of two such works
   * with as many times, time i of the second may follow time i of the first. Undefined: it is to be done once.
   */
  readonly times: number | undefined;
  /** Where the text reads j: i % period, and the times are a multiple of it. */
  readonly period?: number;
  readonly text: string;
}

/** Writes work out; undefined where that would not pay. Of all works of a model, written-run.ts makes one function. */
export type WriteWork = (nameOf: NameOf) => WrittenWork | undefined;

/** Gives room for `count` elements. The content is not defined: a kernel writes every element of its result. */
export interface Allocate {
  (dtype: NumericDtype, count: number): NumericData;
  /** Where a compiled model keeps the work of a run, to do it again on the same arrays. */
  readonly keep?: (work: Work, write?: WriteWork) => void;
}

/** Does the work, and keeps it where somebody wants it. A kernel of which this can be said is repeatable. */
export function perform(allocate: Allocate, work: Work, write?: WriteWork): void {
  work();
  allocate.keep?.(work, write);
}

/** The allocator of whoever does not reuse buffers. */
export const allocateFresh: Allocate = (dtype, count) => {
  const traits = NUMERIC[dtype];
  if (count * traits.bytes > TENSOR_BYTES_MAX) {
    throw new KernelError(`a result of ${count} elements is larger than the limit of ${TENSOR_BYTES_MAX} bytes`);
  }
  return traits.allocate(count);
};
