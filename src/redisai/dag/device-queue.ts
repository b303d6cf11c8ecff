// The queue of one device: runs wait in the order in which they came, one is run at a time, runs of one model may be
// stacked into a batch.
import type { Tensor } from '../tensor/tensor.ts';
import { canStack, rowsOf, splitRows, stackRows } from './batch.ts';
import type { StoredModel } from './stored-model.ts';

/** Instead of outputs: the run was given up while it waited. */
export const TIMED_OUT = Symbol('timed out');

export interface DeviceResult {
  readonly outputs: Tensor[];
  readonly milliseconds: number;
}

/** Whoever really runs a model: a worker thread, or a backend with threads of its own. */
export type Execute = (model: StoredModel, inputs: readonly Tensor[]) => Promise<DeviceResult>;

/** The devices, as far as a run needs to know them. */
export interface QueueByName {
  queue(name: string): DeviceQueue;
}

interface Job {
  readonly model: StoredModel;
  readonly inputs: readonly Tensor[];
  readonly rows: number;
  /** When a smaller batch than the model wants is to be run nevertheless. */
  readonly batchByMs: number;
  readonly resolve: (result: DeviceResult | typeof TIMED_OUT) => void;
  readonly reject: (reason: unknown) => void;
}

/** A timer can hold no longer time. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export class DeviceQueue {
  runs = 0;
  readonly #execute: Execute;
  #jobs: Job[] = [];
  #isBusy = false;

  constructor(execute: Execute) {
    this.#execute = execute;
  }

  /** @param timeoutMs how long it may wait in the queue; 0: for ever */
  run(model: StoredModel, inputs: readonly Tensor[], timeoutMs: number): Promise<DeviceResult | typeof TIMED_OUT> {
    return new Promise((resolve, reject) => {
      const { sizeMin, timeoutMs: batchTimeoutMs } = model.settings.batching;
      const batchByMs = sizeMin > 0 && batchTimeoutMs > 0 ? performance.now() + batchTimeoutMs : Infinity;
      const job = { model, inputs, rows: rowsOf(inputs) ?? 1, batchByMs, resolve, reject };
      this.#jobs.push(job);
      if (timeoutMs > 0) this.#giveUpAfter(job, timeoutMs);
      if (batchByMs < Infinity) setTimeout(() => this.#next(), Math.min(batchTimeoutMs + 1, TIMER_MS_MAX));
      this.#next();
    });
  }

  #giveUpAfter(job: Job, timeoutMs: number): void {
    setTimeout(
      () => {
        const at = this.#jobs.indexOf(job);
        if (at < 0) return;
        this.#jobs.splice(at, 1);
        job.resolve(TIMED_OUT);
      },
      Math.min(timeoutMs, TIMER_MS_MAX),
    );
  }

  #next(): void {
    if (this.#isBusy) return;
    const batch = this.#takeBatch();
    if (batch === undefined) return;
    this.#isBusy = true;
    void this.#runBatch(batch).finally(() => {
      this.#isBusy = false;
      this.#next();
    });
  }

  /** The first jobs that need not wait for others to go with them; removed from the queue. */
  #takeBatch(): Job[] | undefined {
    const waiting = new Set<Job>();
    for (const job of this.#jobs) {
      if (waiting.has(job)) continue;
      const batch = this.#batchOf(job);
      if (isReady(batch)) {
        const taken = new Set(batch);
        this.#jobs = this.#jobs.filter((other) => !taken.has(other));
        return batch;
      }
      for (const one of batch) waiting.add(one);
    }
    return undefined;
  }

  #batchOf(first: Job): Job[] {
    const { size } = first.model.settings.batching;
    const batch = [first];
    let { rows } = first;
    if (size === 0) return batch;
    for (const job of this.#jobs) {
      if (job === first || job.model !== first.model || rows + job.rows > size) continue;
      if (!canStack(first.inputs, job.inputs)) continue;
      batch.push(job);
      rows += job.rows;
    }
    return batch;
  }

  async #runBatch(batch: readonly Job[]): Promise<void> {
    const first = batch[0]!;
    try {
      const inputs = batch.length === 1 ? first.inputs : stackRows(batch.map((job) => job.inputs));
      const { outputs, milliseconds } = await this.#execute(first.model, inputs);
      this.runs += 1;
      const parts =
        batch.length === 1
          ? [outputs]
          : splitRows(
              outputs,
              batch.map((job) => job.rows),
            );
      if (parts === undefined) await this.#runOneByOne(batch);
      else batch.forEach((job, i) => job.resolve({ outputs: parts[i]!, milliseconds: milliseconds / batch.length }));
    } catch (thrown) {
      // In a batch one job's fault would be everybody's: each is run for itself, and fails for itself.
      if (batch.length > 1) await this.#runOneByOne(batch);
      else first.reject(thrown);
    }
  }

  async #runOneByOne(batch: readonly Job[]): Promise<void> {
    for (const job of batch) await this.#runBatch([job]);
  }
}

function isReady(batch: readonly Job[]): boolean {
  const first = batch[0]!;
  const { size, sizeMin } = first.model.settings.batching;
  const rows = batch.reduce((sum, job) => sum + job.rows, 0);
  // More than a batch may hold cannot be waited for.
  return rows >= Math.min(size, sizeMin) || first.batchByMs <= performance.now();
}
