// One load, once, by one way: the transactions are scored again and again for so many seconds.
import type { Redis } from 'ioredis';
import { Latency } from '../../telemetry/latency.ts';
import { cpuMicroseconds } from '../engine-info.ts';
import type { LocalityLoad } from './locality-load.ts';
import type { LocalityStage } from './locality-stage.ts';
import type { ScoreAll } from './ways.ts';

export interface LocalityFigures {
  /** Transactions. */
  readonly perSecond: number;
  /** From asking for the keys until all that go together have their scores. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** That the engine sent for a transaction. */
  readonly bytes: number;
  /** Processor time of the engine for a transaction. */
  readonly engineMicroseconds: number;
}

/** Not counted: connections, compilation. */
const WARM_UP_TURNS = 3;

export async function measureLocality(
  stage: LocalityStage,
  { references, delayMs, together }: LocalityLoad,
  scoreAll: ScoreAll,
  seconds: number,
): Promise<LocalityFigures> {
  const [redis, near] = [stage.at(delayMs), stage.at(0)];
  const transactions = stage.parts.transactions.slice(0, together);
  const turn = (): Promise<unknown> => scoreAll(redis, transactions, references);
  for (let warmUp = 0; warmUp < WARM_UP_TURNS; warmUp += 1) await turn();
  const latency = new Latency();
  const [cpuBefore, bytesBefore] = [await cpuMicroseconds(near), bytesFrom(redis)];
  const startMs = performance.now();
  let [turns, nowMs] = [0, startMs];
  while (nowMs - startMs < 1000 * seconds) {
    await turn();
    const endMs = performance.now();
    latency.recordMs(endMs - nowMs);
    nowMs = endMs;
    turns += 1;
  }
  const scored = turns * together;
  const bytes = bytesFrom(redis) - bytesBefore;
  return {
    perSecond: (1000 * scored) / (nowMs - startMs),
    p50Ms: latency.percentileMs(50)!,
    p99Ms: latency.percentileMs(99)!,
    bytes: bytes / scored,
    engineMicroseconds: ((await cpuMicroseconds(near)) - cpuBefore) / scored,
  };
}

const bytesFrom = (redis: Redis): number => (redis.stream as unknown as { readonly bytesRead: number }).bytesRead;
