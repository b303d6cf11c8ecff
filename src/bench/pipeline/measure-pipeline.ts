// One load of the pipeline, once: a worker is started on a full topic and watched by what its group commits. The clock runs
// between two commits, so that neither the start of a process nor the joining of a group is part of the figures.
import { setTimeout as delay } from 'node:timers/promises';
import { FraudstreamError } from '../../core/errors.ts';
import type { GroupOffsets } from '../../stream/kafka/group-offsets.ts';
import { cpuMicroseconds } from '../engine-info.ts';
import { WorkerProcess } from '../worker-process.ts';
import type { PipelineLoad } from './pipeline-load.ts';
import type { PipelineStage } from './pipeline-stage.ts';
import { processCpuSeconds } from './process-cpu.ts';

export interface PipelineFigures {
  readonly perSecond: number;
  /** Seconds of processor time for a million transactions; NaN where the system does not tell. */
  readonly workerCpu: number;
  readonly engineCpu: number;
  readonly brokerCpu: number;
}

/** Of the transactions, those that warm the worker up. */
const WARM_UP_SHARE = 0.3;
const LOOK_EVERY_MS = 25;
/** Without a commit for so long, the load has failed. */
const SILENCE_MS_MAX = 60_000;

interface Instant {
  readonly committed: number;
  readonly atMs: number;
  readonly cpuSeconds: { readonly worker: number; readonly engine: number; readonly broker: number };
}

export async function measurePipeline(
  stage: PipelineStage,
  load: PipelineLoad,
  signal: AbortSignal,
): Promise<PipelineFigures> {
  const names = stage.names(load.partitions);
  const worker = new WorkerProcess('worker', stage.parts.startWorker(load, names));
  const offsets = stage.offsets(names);
  const watch = new Watch(stage, offsets, worker, signal);
  const records = Math.floor(stage.rows * load.share);
  try {
    const first = await watch.until(records * WARM_UP_SHARE);
    return between(first, await watch.until(records));
  } finally {
    await Promise.all([worker.stop(), offsets.close()]);
  }
}

class Watch {
  readonly #stage: PipelineStage;
  readonly #offsets: GroupOffsets;
  readonly #worker: WorkerProcess;
  readonly #signal: AbortSignal;

  constructor(stage: PipelineStage, offsets: GroupOffsets, worker: WorkerProcess, signal: AbortSignal) {
    this.#stage = stage;
    this.#offsets = offsets;
    this.#worker = worker;
    this.#signal = signal;
  }

  /** When so many records are committed. */
  async until(records: number): Promise<Instant> {
    let committed = 0;
    let movedAtMs = performance.now();
    for (;;) {
      const now = sum((await this.#offsets.committed()).values());
      if (now >= records) return this.#instant(now);
      if (now > committed) movedAtMs = performance.now();
      committed = now;
      this.#refuse(performance.now() - movedAtMs);
      await delay(LOOK_EVERY_MS);
    }
  }

  async #instant(committed: number): Promise<Instant> {
    const { redis, brokerPid } = this.#stage.parts;
    const atMs = performance.now();
    const worker = processCpuSeconds(this.#worker.pid) ?? NaN;
    const broker = processCpuSeconds(brokerPid) ?? NaN;
    return { committed, atMs, cpuSeconds: { worker, broker, engine: (await cpuMicroseconds(redis)) / 1e6 } };
  }

  #refuse(silenceMs: number): void {
    if (this.#signal.aborted) throw new FraudstreamError('BENCH_INTERRUPTED', 'the bench was interrupted');
    this.#worker.refuseEnd();
    if (silenceMs >= SILENCE_MS_MAX) throw this.#worker.failure('makes no progress');
  }
}

function between(first: Instant, last: Instant): PipelineFigures {
  const records = last.committed - first.committed;
  const perMillion = (name: keyof Instant['cpuSeconds']): number =>
    ((last.cpuSeconds[name] - first.cpuSeconds[name]) / records) * 1e6;
  return {
    perSecond: (1000 * records) / (last.atMs - first.atMs),
    workerCpu: perMillion('worker'),
    engineCpu: perMillion('engine'),
    brokerCpu: perMillion('broker'),
  };
}

const sum = (figures: Iterable<number>): number => [...figures].reduce((total, figure) => total + figure, 0);
