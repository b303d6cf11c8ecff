// Memory of the tensors of scripts: whose it is, and how much of it one run may ask for.
import { allocateFresh, type Allocate } from '../../../kernels/allocate.ts';
import { NUMERIC } from '../../../tensor/dtype.ts';
import { PIECE_BYTES_MAX, slabArray, SLAB_BYTES, SMALL_BYTES } from '../../../tensor/slab.ts';
import type { Tensor, TensorData } from '../../../tensor/tensor.ts';
import { charge, resetCharges } from '../bounds.ts';

let runNumber = 0;

/** A new run begins: see TensorPerRun. */
export function beginRun(milliseconds: number): void {
  runNumber++;
  resetCharges(milliseconds);
}

/** The allocator of all tensors that scripts make. */
export const room: Allocate = (dtype, count) => {
  const bytes = count * NUMERIC[dtype].bytes;
  charge(bytes);
  return bytes > PIECE_BYTES_MAX ? allocateFresh(dtype, count) : slabArray(dtype, count);
};

/** A tensor that runs may write into and that stays as it was for the next: each run has one copy of it. */
export class TensorPerRun {
  readonly #original: Tensor;
  #copy: Tensor | undefined;
  #copiedFor = -1;

  constructor(original: Tensor) {
    this.#original = original;
  }

  get copy(): Tensor {
    if (this.#copy === undefined || this.#copiedFor !== runNumber) {
      this.#copy = ownCopy(this.#original);
      this.#copiedFor = runNumber;
    }
    return this.#copy;
  }
}

/** A tensor with the same content in memory of its own. */
export function ownCopy(value: Tensor): Tensor {
  return { dtype: value.dtype, shape: value.shape, data: value.data.slice() };
}

/** A tensor as it may leave a script: plain, and not a small part of a large memory that would stay alive with it. */
export function published(value: Tensor): Tensor {
  const data: TensorData = value.data;
  return { dtype: value.dtype, shape: value.shape, data: isPartOfMuch(data) ? data.slice() : data };
}

/** Small arrays are copied sooner than asked for their buffer. */
function isPartOfMuch(data: TensorData): boolean {
  if (!ArrayBuffer.isView(data)) return false;
  if (data.byteLength <= SMALL_BYTES) return true;
  const { byteLength } = data.buffer;
  return byteLength > SLAB_BYTES && data.byteLength < byteLength;
}
