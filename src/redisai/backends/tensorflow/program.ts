// A plan being run: the fourth and last step, and the hot one. Nothing is looked up by name and nothing but results is allocated
// beyond small objects.
import { KernelError } from '../../kernels/kernel-error.ts';
import type { NumericData, Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import { BufferTape } from './buffer-tape.ts';
import type { Plan, Step } from './plan.ts';

/** Memory that one run may ask for, all kernels together. */
const RUN_BYTES_MAX = 1024 * 1024 * 1024;

export class Program {
  readonly #plan: Plan;
  readonly #reportAs: ReadonlyMap<string, string>;
  readonly #tape = new BufferTape(RUN_BYTES_MAX);
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
    const { steps, inputs: inputSlots, outputs } = this.#plan;
    this.#tape.rewind();
    for (let i = 0; i < inputSlots.length; i += 1) this.#slots[inputSlots[i]!] = inputs[i];
    for (let i = 0; i < steps.length; i += 1) this.#runStep(steps[i]!, this.#lent[i]!);
    // The tape will use its buffers again: what leaves is a copy.
    const results = outputs.map((slot) => copyOf(this.#slots[slot]!));
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

function copyOf({ dtype, shape, data }: Tensor): Tensor {
  return { dtype, shape, data: (data as NumericData).slice() };
}
