// A DAG ready to run: steps over numbered slots, each of which is written once, by one step or by what was loaded.
import type { Tensor } from '../tensor/tensor.ts';
import type { StoredModel } from './stored-model.ts';
import type { StoredScript } from './stored-script.ts';

export interface TensorSetStep {
  readonly kind: 'tensor-set';
  readonly tensor: Tensor;
  readonly output: number;
}

export interface TensorGetStep {
  readonly kind: 'tensor-get';
  readonly input: number;
}

export interface ModelStep {
  readonly kind: 'model';
  readonly model: StoredModel;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export interface ScriptCall {
  readonly script: StoredScript;
  readonly functionName: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

export interface ScriptStep {
  readonly kind: 'script';
  readonly call: ScriptCall;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export type Step = TensorSetStep | TensorGetStep | ModelStep | ScriptStep;

/** What a run needs of a plan. */
export interface ReadyPlan {
  readonly steps: readonly Step[];
  /** What is in the slots before the first step. */
  readonly loaded: readonly Tensor[];
  /** Milliseconds a step may wait for its device; 0: for ever. */
  readonly timeoutMs: number;
  /** Slot of a name as the last step leaves it, undefined if there is no such name. */
  slotOf(name: string): number | undefined;
}

/** Stands for a slot in an incomplete plan, which is never run. */
const NO_SLOT = -1;

/**
 * Collects steps. Names are resolved at once: a name read is the last one written before, so that a name may be written
 * again. A name that nobody has written yet makes the plan incomplete.
 */
export class Plan implements ReadyPlan {
  readonly steps: Step[] = [];
  readonly loaded: Tensor[] = [];
  /** True once a step has read a name that neither a step before it nor `load` has written. */
  isIncomplete = false;
  timeoutMs = 0;
  #slots = 0;
  readonly #slotOfName = new Map<string, number>();

  get slots(): number {
    return this.#slots;
  }

  /** Before the first step only. */
  load(name: string, tensor: Tensor): void {
    this.#write(name);
    this.loaded.push(tensor);
  }

  tensorSet(name: string, tensor: Tensor): void {
    this.steps.push({ kind: 'tensor-set', tensor, output: this.#write(name) });
  }

  tensorGet(name: string): void {
    this.steps.push({ kind: 'tensor-get', input: this.#read(name) });
  }

  model(model: StoredModel, inputs: readonly string[], outputs: readonly string[]): void {
    const slots = this.#readAll(inputs);
    this.steps.push({ kind: 'model', model, inputs: slots, outputs: this.#writeAll(outputs) });
  }

  script(call: ScriptCall, inputs: readonly string[], outputs: readonly string[]): void {
    const slots = this.#readAll(inputs);
    this.steps.push({ kind: 'script', call, inputs: slots, outputs: this.#writeAll(outputs) });
  }

  slotOf(name: string): number | undefined {
    return this.#slotOfName.get(name);
  }

  #read(name: string): number {
    const slot = this.#slotOfName.get(name);
    if (slot !== undefined) return slot;
    this.isIncomplete = true;
    return NO_SLOT;
  }

  #readAll(names: readonly string[]): number[] {
    const slots: number[] = [];
    for (const name of names) slots.push(this.#read(name));
    return slots;
  }

  #write(name: string): number {
    const slot = this.#slots++;
    this.#slotOfName.set(name, slot);
    return slot;
  }

  #writeAll(names: readonly string[]): number[] {
    const slots: number[] = [];
    for (const name of names) slots.push(this.#write(name));
    return slots;
  }
}
