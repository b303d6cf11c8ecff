// What the stream reports about itself, as it happens; whoever starts it turns that into counters and histograms.
import type { DeadLetterErrorClass } from '../contracts/dead-letter.ts';

export interface PublishedBatch {
  readonly partition: number;
  readonly scores: number;
  readonly frauds: number;
  readonly deadLetters: readonly DeadLetterErrorClass[];
  /** Records of the partition that were not yet published, when the batch was fetched. */
  readonly lag: number;
  /** From the oldest and the newest source record being written to the batch being published. */
  readonly latencyMsMax: number;
  readonly latencyMsMin: number;
}

export type StageName = 'fence' | 'score' | 'publish';

export interface StreamMetrics {
  published(batch: PublishedBatch): void;
  stageTook(stage: StageName, milliseconds: number): void;
  /** Kafka or the engine failed, and the batch is tried again. */
  retried(cause: 'engine' | 'kafka'): void;
}

export const NO_METRICS: StreamMetrics = { published: () => {}, stageTook: () => {}, retried: () => {} };
