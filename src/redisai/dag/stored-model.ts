// A model as AI.MODELSTORE keeps it: its definition, the runnable that its backend made of it, its counters.
import type { ModelSource, RunnableModel } from '../backends/model.ts';
import { loadModel } from '../backends/registry.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { RunStatistics } from './run-statistics.ts';

/** Requests for one model may be run together, stacked along their first dimension. */
export interface Batching {
  /** Rows of a batch at most; 0: no batching. */
  readonly size: number;
  /** Rows to wait for before a batch is run; 0: none. */
  readonly sizeMin: number;
  /** Milliseconds after which a smaller batch is run nevertheless; 0: never. */
  readonly timeoutMs: number;
}

export interface ModelSettings {
  /** As given: `CPU`, `cpu`, `CPU:1`. */
  readonly device: string;
  readonly tag: string;
  readonly batching: Batching;
}

/** What handing a run to another thread and its result back costs: medians of 25 to 90 µs, as two cores were idle or busy. */
const LIGHT_MICROSECONDS_MAX = 100;
/** As much work: matrix products were measured at 1.8 to 2.7 flops per nanosecond. */
const LIGHT_FLOPS_MAX = 200_000;
/** A model of unknown cost is run on the calling thread until so many runs tell it, as long as its inputs are small. */
const MEASURED_CALLS_MIN = 4;
const UNKNOWN_ELEMENTS_MAX = 4096;

export class StoredModel {
  readonly source: ModelSource;
  readonly runnable: RunnableModel;
  readonly settings: ModelSettings;
  /** The device whose queue it shares: its name in upper case. */
  readonly queue: string;
  readonly statistics = new RunStatistics();

  constructor(source: ModelSource, runnable: RunnableModel, settings: ModelSettings) {
    this.source = source;
    this.runnable = runnable;
    this.settings = settings;
    this.queue = settings.device.toUpperCase();
  }

  /** True where running it gives a promise. */
  get isAsynchronous(): boolean {
    return this.source.backend === 'ONNX';
  }

  /** True where these inputs are run at once on the calling thread: nothing to wait for, and not much to do. */
  isInline(inputs: readonly Tensor[]): boolean {
    return !this.isAsynchronous && this.settings.batching.sizeMin <= 1 && this.isLight(inputs);
  }

  /** True where running these inputs takes less time than handing them to another thread. */
  isLight(inputs: readonly Tensor[]): boolean {
    const rows = inputs[0]?.shape[0] ?? 1;
    const { flopsPerRow } = this.runnable;
    if (flopsPerRow !== undefined) return rows * flopsPerRow <= LIGHT_FLOPS_MAX;
    const { calls, samples, microseconds } = this.statistics;
    // Nothing is known of the work that large inputs are.
    if (elementsOf(inputs) > UNKNOWN_ELEMENTS_MAX) return false;
    return calls < MEASURED_CALLS_MIN || rows * microseconds <= samples * LIGHT_MICROSECONDS_MAX;
  }

  get inputNames(): readonly string[] {
    return this.runnable.inputNames ?? this.source.inputs;
  }

  get outputNames(): readonly string[] {
    return this.runnable.outputNames ?? this.source.outputs;
  }
}

function elementsOf(inputs: readonly Tensor[]): number {
  return inputs.reduce((sum, { data }) => sum + data.length, 0);
}

/** @throws BackendError */
export function loadStoredModel(source: ModelSource, settings: ModelSettings): StoredModel | Promise<StoredModel> {
  const runnable = loadModel(source);
  return runnable instanceof Promise
    ? runnable.then((loaded) => new StoredModel(source, loaded, settings))
    : new StoredModel(source, runnable, settings);
}
