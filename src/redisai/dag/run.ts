// One run of a plan: the tensors in its slots and what became of each step.
import type { Tensor } from '../tensor/tensor.ts';
import type { ModelStep, ReadyPlan, ScriptStep, Step } from './plan.ts';

/** A step that failed; `message` is the error line of its reply. */
export class StepFailure {
  readonly message: string;
  constructor(message: string) {
    // Backends and scripts write over several lines; a reply's error has one.
    this.message = message.replace(/[\r\n]/g, ' ');
  }
}

/** `ok`, `not-run` (what it needed was never made), why it failed, or the tensor that a tensor-get asked for. */
export type StepOutcome = 'ok' | 'not-run' | StepFailure | Tensor;

export class Run {
  readonly plan: ReadyPlan;
  readonly outcomes: StepOutcome[] = [];
  hasFailed = false;
  /** A step has waited longer for its device than the plan allows: the rest was given up. */
  hasTimedOut = false;
  readonly #startedAtMs: number;
  readonly #tensors: (Tensor | undefined)[];
  /** Devices on which a step has failed: nothing later is started there. */
  readonly #failedQueues: string[] = [];

  constructor(plan: ReadyPlan) {
    this.plan = plan;
    this.#startedAtMs = plan.timeoutMs === 0 ? 0 : performance.now();
    this.#tensors = plan.loaded.slice();
  }

  /** How long a step may wait for its device; 0: for ever. */
  remainingMs(): number {
    const { timeoutMs } = this.plan;
    return timeoutMs === 0 ? 0 : Math.max(1, timeoutMs - (performance.now() - this.#startedAtMs));
  }

  tensor(slot: number): Tensor | undefined {
    return this.#tensors[slot];
  }

  /** The inputs of a step; undefined if one is missing or its device has seen a failure, so that it must not run. */
  inputsOf(step: ModelStep | ScriptStep): Tensor[] | undefined {
    if (this.hasFailed && this.#failedQueues.includes(queueOf(step))) return undefined;
    const tensors: Tensor[] = [];
    for (const slot of step.inputs) {
      const tensor = this.#tensors[slot];
      if (tensor === undefined) return undefined;
      tensors.push(tensor);
    }
    return tensors;
  }

  succeed(index: number, step: ModelStep | ScriptStep, outputs: readonly Tensor[]): void {
    for (let i = 0; i < step.outputs.length; i += 1) this.#tensors[step.outputs[i]!] = outputs[i];
    this.outcomes[index] = 'ok';
  }

  fail(index: number, step: ModelStep | ScriptStep, failure: StepFailure): void {
    this.hasFailed = true;
    this.#failedQueues.push(queueOf(step));
    this.outcomes[index] = failure;
  }

  skip(index: number): void {
    this.outcomes[index] = 'not-run';
  }

  /** The steps that take no time. True if `step` was one. */
  settleAtOnce(index: number, step: Step): step is Exclude<Step, ModelStep | ScriptStep> {
    if (step.kind === 'tensor-set') {
      this.#tensors[step.output] = step.tensor;
      this.outcomes[index] = 'ok';
      return true;
    }
    if (step.kind !== 'tensor-get') return false;
    this.outcomes[index] = this.#tensors[step.input] ?? 'not-run';
    return true;
  }
}

export function queueOf(step: ModelStep | ScriptStep): string {
  return step.kind === 'model' ? step.model.queue : step.call.script.queue;
}
