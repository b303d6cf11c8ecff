// The loads of the bench of scale: every number of consumers before every number of engines.
import type { ChildProcess } from 'node:child_process';
import type { Redis } from 'ioredis';
import type { StreamNames } from '../stream-names.ts';

/** Divided evenly by 1, 2, 3, 4, 6 and 12 consumers. */
export const PARTITIONS = 12;

/** An engine, or the nodes of a cluster, with a shard on each. */
export interface ScaleEngines {
  /** As a load names them. */
  readonly name: string;
  /** A connection to each, for what it tells of itself. */
  readonly connections: readonly Redis[];
  /** `fraudstream consume` before these engines, which ends when its standard input closes. */
  readonly startConsumer: (names: StreamNames) => ChildProcess;
}

export interface ScaleLoad {
  readonly name: string;
  readonly consumers: number;
  readonly engines: ScaleEngines;
}

/** In the order in which a round takes them. */
export function scaleLoads(consumers: readonly number[], engines: readonly ScaleEngines[]): readonly ScaleLoad[] {
  return engines.flatMap((some) =>
    consumers.map((count) => ({
      name: `${counted(count, 'consumer')}, ${some.name}`,
      consumers: count,
      engines: some,
    })),
  );
}

/** `1 engine`, `2 engines`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
