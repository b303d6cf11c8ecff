// Does the engine grow with the DAGs it has run? Many of them, and a look at its memory after each portion.
import type { EngineAddress } from '../stream/engine/engine-address.ts';
import { Latency } from '../telemetry/latency.ts';
import { residentBytes } from './engine-info.ts';
import { DAG_PIPELINED } from './engine-loads.ts';
import type { EngineStage } from './engine-stage.ts';
import { LoadConnection } from './load-connection.ts';
import { slopeOf } from './spread.ts';

export interface MemoryFigures {
  readonly dags: number;
  readonly firstMebibytes: number;
  readonly lastMebibytes: number;
  readonly mebibytesPerMillion: number;
}

const PORTIONS = 20;
/** The heap finds its size first. */
const PORTIONS_LEFT_OUT = 5;
const BYTES_PER_MEBIBYTE = 1_048_576;

export async function measureMemory(stage: EngineStage, address: EngineAddress, dags: number): Promise<MemoryFigures> {
  const connection = await LoadConnection.open(address);
  const frames = DAG_PIPELINED.frames(stage);
  const isOver = (sent: number): boolean => sent >= dags / PORTIONS;
  const points: [done: number, mebibytes: number][] = [];
  let done = 0;
  try {
    for (let portion = 0; portion < PORTIONS; portion += 1) {
      const { replies } = await connection.run({ frames, depth: DAG_PIPELINED.depth, isOver }, new Latency());
      done += replies;
      points.push([done, (await residentBytes(stage.redis)) / BYTES_PER_MEBIBYTE]);
    }
  } finally {
    connection.close();
  }
  const steady = points.slice(PORTIONS_LEFT_OUT);
  const [first, last] = [steady[0]!, steady.at(-1)!];
  return { dags: done, firstMebibytes: first[1], lastMebibytes: last[1], mebibytesPerMillion: 1e6 * slopeOf(steady) };
}
