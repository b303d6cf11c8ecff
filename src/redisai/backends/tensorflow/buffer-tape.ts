// The memory of a compiled model. A run asks for the same buffers in the same order as the one before, as long as the shapes
// are the same; so the n-th request of a run gets the buffer of the n-th request of the last.
import { allocateFresh } from '../../kernels/allocate.ts';
import type { Allocate, Work, WriteWork } from '../../kernels/allocate.ts';
import { KernelError } from '../../kernels/kernel-error.ts';
import type { NumericDtype } from '../../tensor/dtype.ts';
import type { NumericData } from '../../tensor/tensor.ts';
import type { RecordedWork } from './written-run.ts';

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
  #works: RecordedWork[] | undefined = undefined;

  /** @param runBytesMax bound on all that one run may ask for */
  constructor(runBytesMax: number) {
    this.#runBytesMax = runBytesMax;
  }

  /** Begins a run: all buffers handed out before may now be handed out again. */
  rewind(): void {
    this.#at = 0;
    this.#runBytes = 0;
    this.#works = undefined;
  }

  /** The same, for a run of which the works are wanted afterwards. */
  rewindToRecord(): void {
    this.rewind();
    this.#works = [];
  }

  /** What the kernels did since; undefined if it cannot be done again, because a buffer of it is not kept. */
  takeWorks(): readonly RecordedWork[] | undefined {
    const works = this.#works;
    this.#works = undefined;
    return works;
  }

  readonly allocate: Allocate = Object.assign(
    (dtype: NumericDtype, count: number): NumericData => this.#buffer(dtype, count),
    { keep: (work: Work, write?: WriteWork): void => void this.#works?.push({ work, write }) },
  );

  #buffer(dtype: NumericDtype, count: number): NumericData {
    const at = this.#at;
    this.#at += 1;
    const kept = this.#kept[at];
    const data = kept?.dtype === dtype && kept.data.length === count ? kept.data : this.#replace(at, dtype, count);
    this.#runBytes += data.byteLength;
    if (this.#runBytes > this.#runBytesMax) {
      throw new KernelError(`the model needs more than ${this.#runBytesMax} bytes for one run`);
    }
    return data;
  }

  #replace(at: number, dtype: NumericDtype, count: number): NumericData {
    const data = allocateFresh(dtype, count);
    const isKept = at < KEPT_BUFFERS_MAX && data.byteLength <= KEPT_BYTES_MAX;
    if (isKept) this.#kept[at] = { dtype, data };
    else if (at < KEPT_BUFFERS_MAX) this.#kept[at] = undefined;
    if (!isKept) this.#works = undefined;
    return data;
  }
}
