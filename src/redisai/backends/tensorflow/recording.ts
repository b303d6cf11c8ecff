// A run that can be done again: for inputs of the same shapes a model does the same loops over the same arrays, and only the
// numbers differ. Most of the time of a small model is not in its loops but in finding out about shapes; this leaves it out.
import type { Work } from '../../kernels/allocate.ts';
import { sameShape } from '../../tensor/shape.ts';
import type { NumericData, Tensor } from '../../tensor/tensor.ts';
import { writtenRun, type RecordedWork } from './written-run.ts';

/** A recording holds its inputs: a rare large batch must not stay in memory. */
const INPUT_BYTES_MAX = 64 * 1024;
/** Runs after which it pays to write a function for them: V8 looks at it for longer than a run takes. */
const WRITTEN_AFTER_RUNS = 200;

export class Recording {
  readonly #inputs: readonly Tensor[];
  readonly #works: readonly RecordedWork[];
  readonly #outputs: readonly Tensor[];
  #runs = 0;
  #written: Work | undefined = undefined;

  /** @param inputs the tensors that the works read: each run overwrites their elements */
  constructor(inputs: readonly Tensor[], works: readonly RecordedWork[], outputs: readonly Tensor[]) {
    this.#inputs = inputs;
    this.#works = works;
    this.#outputs = outputs;
  }

  fits(inputs: readonly Tensor[]): boolean {
    for (let i = 0; i < this.#inputs.length; i += 1) {
      const [own, given] = [this.#inputs[i]!, inputs[i]!];
      if (own.dtype !== given.dtype || !sameShape(own.shape, given.shape)) return false;
    }
    return true;
  }

  run(inputs: readonly Tensor[]): Tensor[] {
    // Of one dtype, and so of one array type: it may be called by the name of any.
    for (let i = 0; i < this.#inputs.length; i += 1) {
      (this.#inputs[i]!.data as Float32Array).set(inputs[i]!.data as Float32Array);
    }
    this.#runs += 1;
    if (this.#runs === WRITTEN_AFTER_RUNS) this.#written = writtenRun(this.#works);
    if (this.#written !== undefined) this.#written();
    else for (const { work } of this.#works) work();
    return this.#outputs.map(copyOf);
  }
}

export function copyOf({ dtype, shape, data }: Tensor): Tensor {
  return { dtype, shape, data: (data as NumericData).slice() };
}

export function isSmall({ data }: Tensor): boolean {
  return (data as NumericData).byteLength <= INPUT_BYTES_MAX;
}
