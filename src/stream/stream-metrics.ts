// What the stream reports about itself, as it happens; whoever starts it turns that into counters, histograms and pages.
import type { DeadLetterErrorClass } from '../contracts/dead-letter.ts';
import type { EngineIdentity } from './engine/engine.ts';
import type { Outcome } from './outcome.ts';

/** Where the time of a batch goes, in order. */
export const STAGES = ['decode', 'lookup', 'dag', 'publish'] as const;
export type Stage = (typeof STAGES)[number];

/** How a Kafka transaction ended: `aborted` is also what stays in doubt until the committed offset is read again. */
export type TransactionEnd = 'committed' | 'aborted' | 'fenced';

export interface PublishedBatch {
  readonly partition: number;
  /** The offset that was committed with it. */
  readonly next: number;
  /** What became of each record, in order; not to be kept. */
  readonly outcomes: readonly Outcome[];
  readonly scores: number;
  /** Of the scores, those at or above the threshold. */
  readonly frauds: number;
  readonly deadLetters: readonly DeadLetterErrorClass[];
  /** Records of the partition that were not yet published then, as far as the last fetch knew. */
  readonly lag: number;
  /** From the oldest, and from the newest, source record being written until the batch was published. */
  readonly latencyMsMax: number;
  readonly latencyMsMin: number;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
}

/** Called on the hot path, once a batch or less often: nothing here may wait or throw. */
export interface StreamMetrics {
  /** A new generation of the group, and this member's share of it. */
  assigned(partitions: readonly number[]): void;
  /** Records came from the topic; after a doubt the same ones may come again. */
  consumed(records: number): void;
  /** A stage of one batch is over; so many records went through it. */
  took(stage: Stage, milliseconds: number, count: number): void;
  /** So many DAGs more (or fewer) are with the engine, waiting there or running. */
  dagsInFlight(change: number): void;
  /** So many more (or fewer) may be in flight, since the bound follows what the engine is quickest with. */
  dagsInFlightBound(change: number): void;
  /** The engine of a shard, named by its hash tag, is there; which model it holds. */
  identified(identity: EngineIdentity, shard: string): void;
  published(batch: PublishedBatch): void;
  /** Kafka, the engine or the schema registry failed, and the batch is tried again. */
  retried(cause: 'engine' | 'kafka' | 'registry'): void;
  transactionEnded(end: TransactionEnd): void;
}

export const NO_METRICS: StreamMetrics = {
  assigned: () => {},
  consumed: () => {},
  took: () => {},
  dagsInFlight: () => {},
  dagsInFlightBound: () => {},
  identified: () => {},
  published: () => {},
  retried: () => {},
  transactionEnded: () => {},
};
