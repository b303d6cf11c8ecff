// The thread of a device, as seen from the main thread: started with the first run, models are sent to it once.
import type { Worker } from 'node:worker_threads';
import { messageOf } from '../../core/errors.ts';
import { siblingModule } from '../../core/sibling-module.ts';
import { startWorker } from '../../core/sibling-worker.ts';
import { BackendError } from '../backends/model.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import type { DeviceResult } from './device-queue.ts';
import type { FromWorker, ToWorker } from './device-worker.ts';
import type { StoredModel } from './stored-model.ts';

interface Pending {
  readonly resolve: (result: DeviceResult) => void;
  readonly reject: (error: Error) => void;
}

/** A run that takes longer is given up and its thread ended: nothing else would end it. */
const RUN_SECONDS_MAX = 60;

let lastModelId = 0;
const modelIds = new WeakMap<StoredModel, number>();

function idOf(model: StoredModel): number {
  let id = modelIds.get(model);
  if (id === undefined) {
    id = ++lastModelId;
    modelIds.set(model, id);
  }
  return id;
}

export class DeviceThread {
  #worker: Worker | undefined = undefined;
  #lastRun = 0;
  readonly #runSecondsMax: number;
  readonly #pending = new Map<number, Pending>();
  /** Models that the thread has; when one is gone here, it is dropped there. */
  #known = new Set<number>();
  readonly #dropped = new FinalizationRegistry<number>((modelId) => {
    if (this.#known.delete(modelId)) this.#post({ kind: 'drop', modelId });
  });

  constructor(runSecondsMax = RUN_SECONDS_MAX) {
    this.#runSecondsMax = runSecondsMax;
  }

  /** @throws BackendError with the text of the reply */
  run(model: StoredModel, inputs: readonly Tensor[]): Promise<DeviceResult> {
    const modelId = this.#send(model);
    const run = ++this.#lastRun;
    return new Promise<DeviceResult>((resolve, reject) => {
      this.#pending.set(run, { resolve, reject });
      this.#post({ kind: 'run', run, modelId, inputs: inputs.map(ownData) });
    }).finally(this.#endAfter(this.#worker!));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #send(model: StoredModel): number {
    const modelId = idOf(model);
    // A thread that ended has taken its models with it.
    this.#worker ??= this.#start();
    if (this.#known.has(modelId)) return modelId;
    this.#known.add(modelId);
    this.#dropped.register(model, modelId);
    this.#post({ kind: 'load', modelId, source: model.source });
    return modelId;
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    const worker = startWorker(siblingModule(import.meta.url, 'device-worker'));
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#settle(message));
    worker.on('error', (error) => this.#fail(worker, messageOf(error)));
    worker.on('exit', () => this.#fail(worker, 'it has ended'));
    this.#known = new Set();
    return worker;
  }

  /** Returns what is to be called when the run is done. */
  #endAfter(worker: Worker): () => void {
    const timer = setTimeout(() => {
      this.#fail(worker, `a run took more than ${this.#runSecondsMax} s`);
      void worker.terminate();
    }, this.#runSecondsMax * 1000);
    return () => clearTimeout(timer);
  }

  #settle(message: FromWorker): void {
    const pending = this.#pending.get(message.run);
    this.#pending.delete(message.run);
    if (message.outputs !== undefined) pending?.resolve(message);
    else pending?.reject(message.isDefect ? new Error(message.error) : new BackendError(message.error));
  }

  /** What the thread had to do has failed; the next run starts another one. */
  #fail(worker: Worker, why: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const error = new BackendError(`ERR the thread of the device failed: ${why}`);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** Sending a view would send the whole buffer that it looks into. */
function ownData(tensor: Tensor): Tensor {
  if (tensor.dtype === 'STRING') return tensor;
  const data = tensor.data as NumericData;
  return data.byteLength === data.buffer.byteLength ? tensor : { ...tensor, data: data.slice() };
}
