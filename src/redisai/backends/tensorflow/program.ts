// A plan being run: the fourth and last step, and the hot one. Nothing is looked up by name and nothing but results is allocated
// beyond small objects.
import { KernelError } from '../../kernels/kernel-error.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import { BufferTape } from './buffer-tape.ts';
import type { Plan, Step } from './plan.ts';
import { copyOf, isSmall, Recording } from './recording.ts';

/** Memory that one run may ask for, all kernels together. */
const RUN_BYTES_MAX = 1024 * 1024 * 1024;

export class Program {
  readonly #plan: Plan;
  readonly #reportAs: ReadonlyMap<string, string>;
  readonly #tape = new BufferTape(RUN_BYTES_MAX);
  /** Of the last run, where one on the same shapes need not be worked out again. */
  #recording: Recording | undefined = undefined;
  readonly #slots: (Tensor | undefined)[];
  /** For each step, the array in which it gets its inputs. */
  readonly #lent: (Tensor | undefined)[][];

  /** @param reportAs by node: the node to name when it fails */
  constructor(plan: Plan, reportAs: ReadonlyMap<string, string>) {
    this.#plan = plan;
    this.#reportAs = reportAs;
    this.#slots = [...plan.slots];
    this.#lent = plan.steps.map(({ inputs }) => inputs.map(() => undefined));
  }

  /** @throws BackendError */
  run(inputs: readonly Tensor[]): Tensor[] {
    if (this.#recording?.fits(inputs) === true) return this.#recording.run(inputs);
    return this.#plan.isRepeatable ? this.#record(inputs) : this.#runAnew(inputs);
  }

  /** Runs on copies of the inputs, which the next run fills with its own numbers. */
  #record(inputs: readonly Tensor[]): Tensor[] {
    this.#recording = undefined;
    const own = inputs.map(copyOf);
    this.#tape.rewindToRecord();
    const outputs = this.#runSteps(own);
    const works = this.#tape.takeWorks();
    if (works !== undefined && own.every(isSmall)) this.#recording = new Recording(own, works, outputs);
    return outputs.map(copyOf);
  }

  #runAnew(inputs: readonly Tensor[]): Tensor[] {
    this.#tape.rewind();
    return this.#runSteps(inputs).map(copyOf);
  }

  /** The outputs are of the tape, which will use its buffers again. */
  #runSteps(inputs: readonly Tensor[]): Tensor[] {
    const { steps, inputs: inputSlots, outputs } = this.#plan;
    for (let i = 0; i < inputSlots.length; i += 1) this.#slots[inputSlots[i]!] = inputs[i];
    for (let i = 0; i < steps.length; i += 1) this.#runStep(steps[i]!, this.#lent[i]!);
    const results = outputs.map((slot) => this.#slots[slot]!);
    this.#forget();
    return results;
  }

  #runStep(step: Step, lent: (Tensor | undefined)[]): void {
    const slots = this.#slots;
    for (let i = 0; i < lent.length; i += 1) lent[i] = slots[step.inputs[i]!];
    try {
      const result = step.kernel(lent as Tensor[], this.#tape.allocate);
      if (step.outputCount === 1) slots[step.output] = result as Tensor;
      else for (let i = 0; i < step.outputCount; i += 1) slots[step.output + i] = (result as readonly Tensor[])[i];
    } catch (error) {
      this.#forget();
      throw this.#inWordsOfTensorFlow(error, step);
    }
  }

  /** Lets go of the tensors of this run: a model at rest must not hold a large batch. */
  #forget(): void {
    for (const slot of this.#plan.inputs) this.#slots[slot] = undefined;
    for (let i = 0; i < this.#lent.length; i += 1) {
      this.#lent[i]!.fill(undefined);
      const { output, outputCount } = this.#plan.steps[i]!;
      for (let j = 0; j < outputCount; j += 1) this.#slots[output + j] = undefined;
    }
  }

  #inWordsOfTensorFlow(error: unknown, { node }: Step): unknown {
    // RangeError: no memory for a typed array. TypeError: numbers and bigints met, in a graph whose types contradict each other.
    if (!(error instanceof KernelError || error instanceof RangeError || error instanceof TypeError)) return error;
    return new BackendError(`${error.message}\n\t [[{{node ${this.#reportAs.get(node) ?? node}}}]]`);
  }
}
