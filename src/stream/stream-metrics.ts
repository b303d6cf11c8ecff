// What the stream reports about itself, as it happens; whoever starts it turns that into counters and histograms.
import type { DeadLetterErrorClass } from '../contracts/dead-letter.ts';

export interface PublishedBatch {
  readonly partition: number;
  /** The offset behind the last record of it. */
  readonly next: number;
  readonly scores: number;
  /** Of the scores, those at or above the threshold. */
  readonly frauds: number;
  readonly deadLetters: readonly DeadLetterErrorClass[];
  /** Records of the partition that were not yet published then, as far as the last fetch knew. */
  readonly lag: number;
  /** From the oldest, and from the newest, source record being written until the batch was published. */
  readonly latencyMsMax: number;
  readonly latencyMsMin: number;
}

export interface StreamMetrics {
  published(batch: PublishedBatch): void;
  /** Kafka or the engine failed, and the batch is tried again. */
  retried(cause: 'engine' | 'kafka'): void;
}

export const NO_METRICS: StreamMetrics = { published: () => {}, retried: () => {} };
