// The memory of a compiled model. A run asks for the same buffers in the same order as the one before, as long as the shapes
// are the same; so the n-th request of a run gets the buffer of the n-th request of the last.
import { allocateFresh } from '../../kernels/allocate.ts';
import type { Allocate } from '../../kernels/allocate.ts';
import { KernelError } from '../../kernels/kernel-error.ts';
import type { NumericDtype } from '../../tensor/dtype.ts';
import type { NumericData } from '../../tensor/tensor.ts';

/** A larger buffer is not kept: making it anew costs little beside filling it, and a rare batch must not hold memory. */
const KEPT_BYTES_MAX = 64 * 1024;
const KEPT_BUFFERS_MAX = 4096;

interface KeptBuffer {
  readonly dtype: NumericDtype;
  readonly data: NumericData;
}

export class BufferTape {
  readonly #kept: (KeptBuffer | undefined)[] = [];
  readonly #runBytesMax: number;
  #at = 0;
  #runBytes = 0;

  /** @param runBytesMax bound on all that one run may ask for */
  constructor(runBytesMax: number) {
    this.#runBytesMax = runBytesMax;
  }

  /** Begins a run: all buffers handed out before may now be handed out again. */
  rewind(): void {
    this.#at = 0;
    this.#runBytes = 0;
  }

  readonly allocate: Allocate = (dtype, count) => {
    const at = this.#at;
    this.#at += 1;
    const kept = this.#kept[at];
    const data = kept?.dtype === dtype && kept.data.length === count ? kept.data : this.#replace(at, dtype, count);
    this.#runBytes += data.byteLength;
    if (this.#runBytes > this.#runBytesMax) {
      throw new KernelError(`the model needs more than ${this.#runBytesMax} bytes for one run`);
    }
    return data;
  };

  #replace(at: number, dtype: NumericDtype, count: number): NumericData {
    const data = allocateFresh(dtype, count);
    if (at < KEPT_BUFFERS_MAX) this.#kept[at] = data.byteLength <= KEPT_BYTES_MAX ? { dtype, data } : undefined;
    return data;
  }
}
