// One load, once: so many seconds of it, and what they came to.
import type { EngineAddress } from '../stream/engine/engine-address.ts';
import { Latency } from '../telemetry/latency.ts';
import { cpuMicroseconds } from './engine-info.ts';
import type { EngineLoad } from './engine-loads.ts';
import type { EngineStage } from './engine-stage.ts';
import { LoadConnection } from './load-connection.ts';

export interface LoadFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the engine's process for one request, all its threads. */
  readonly engineMicroseconds: number;
}

export async function measureLoad(
  load: EngineLoad,
  stage: EngineStage,
  address: EngineAddress,
  seconds: number,
): Promise<LoadFigures> {
  const connections = await Promise.all(Array.from({ length: load.connections }, () => LoadConnection.open(address)));
  try {
    return await measureOn(connections, load, stage, seconds);
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function measureOn(
  connections: readonly LoadConnection[],
  { frames, depth }: EngineLoad,
  stage: EngineStage,
  seconds: number,
): Promise<LoadFigures> {
  const latency = new Latency();
  const isOver = (_sent: number, elapsedMs: number): boolean => elapsedMs >= 1000 * seconds;
  const loads = connections.map(() => ({ frames: frames(stage), depth, isOver }));
  const cpuBefore = await cpuMicroseconds(stage.redis);
  const results = await Promise.all(connections.map((connection, i) => connection.run(loads[i]!, latency)));
  const cpu = (await cpuMicroseconds(stage.redis)) - cpuBefore;
  return {
    perSecond: results.reduce((sum, { replies, elapsedMs }) => sum + (1000 * replies) / elapsedMs, 0),
    p50Ms: latency.percentileMs(50) ?? 0,
    p99Ms: latency.percentileMs(99) ?? 0,
    engineMicroseconds: cpu / results.reduce((sum, { replies }) => sum + replies, 0),
  };
}
