// Processes that work off a topic, watched by what their group commits: the clock runs from one number of committed records to
// another, so that neither the start of a process nor the joining of a group is part of the figures.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { FraudstreamError } from '../../core/errors.ts';
import type { GroupOffsets } from '../../stream/kafka/group-offsets.ts';
import { cpuMicroseconds } from '../engine-info.ts';
import type { WorkerProcess } from '../worker-process.ts';
import { processCpuSeconds } from './process-cpu.ts';

export interface PipelineFigures {
  readonly perSecond: number;
  /** Seconds of processor time for a million transactions; NaN where the system does not tell. */
  readonly workerCpu: number;
  readonly engineCpu: number;
  readonly brokerCpu: number;
}

/** What the figures are of: of several workers or engines, all together. */
export interface Watched {
  readonly workers: readonly WorkerProcess[];
  readonly engines: readonly Redis[];
  /** Of the broker, where it is a process of this machine. */
  readonly brokerPid: number | undefined;
  readonly offsets: GroupOffsets;
}

const LOOK_EVERY_MS = 25;
/** Without a commit for so long, the load has failed. */
const SILENCE_MS_MAX = 60_000;

export interface Instant {
  readonly committed: number;
  readonly atMs: number;
  readonly cpuSeconds: { readonly worker: number; readonly engine: number; readonly broker: number };
}

/** When so many records are committed. @throws FraudstreamError BENCH_INTERRUPTED, BENCH_WORKER_FAILED */
export async function whenCommitted(watched: Watched, records: number, signal: AbortSignal): Promise<Instant> {
  let committed = 0;
  let movedAtMs = performance.now();
  for (;;) {
    const now = sum((await watched.offsets.committed()).values());
    if (now >= records) return instant(watched, now);
    if (now > committed) movedAtMs = performance.now();
    committed = now;
    refuseSilence(watched.workers, performance.now() - movedAtMs, signal);
    await delay(LOOK_EVERY_MS);
  }
}

async function instant({ workers, engines, brokerPid }: Watched, committed: number): Promise<Instant> {
  const atMs = performance.now();
  const worker = sum(workers.map(({ pid }) => processCpuSeconds(pid) ?? NaN));
  const broker = processCpuSeconds(brokerPid) ?? NaN;
  const engine = sum(await Promise.all(engines.map(cpuMicroseconds))) / 1e6;
  return { committed, atMs, cpuSeconds: { worker, broker, engine } };
}

/** What ends the wait for workers: Ctrl-C, the end of one of them, or nothing that happens for too long. */
export function refuseSilence(workers: readonly WorkerProcess[], silenceMs: number, signal: AbortSignal): void {
  if (signal.aborted) throw new FraudstreamError('BENCH_INTERRUPTED', 'the bench was interrupted');
  for (const worker of workers) worker.refuseEnd();
  if (silenceMs >= SILENCE_MS_MAX) throw workers[0]!.failure('makes no progress');
}

export function figuresBetween(first: Instant, last: Instant): PipelineFigures {
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
