// The port to Kafka of one input partition: who may write for it, where the group stands, and publishing as one step.
import type { Outcome } from './outcome.ts';

export interface PartitionLog {
  /**
   * Takes the partition's transactional id over: whoever had it can write no more, and what it had open is aborted.
   * @throws FraudstreamError where trying again would not help; anything else may be tried again
   */
  fence(partition: number): Promise<BatchWriter>;
  /** Where the group stands: the committed offset, or the oldest record there is where nothing was ever committed. */
  position(partition: number): Promise<number>;
  oldest(partition: number): Promise<number>;
  /** Longer after `expect` a writer is not used any more. */
  readonly expectMsMax: number;
}

export interface BatchWriter {
  /**
   * Outcomes up to `next` are being made: what can be done before they are there is done meanwhile. It may fail, as `publish`
   * will tell; and where nothing is published after all, the writer is to be discarded.
   */
  expect(next: number): void;
  /**
   * Publishes outcomes and the offset to continue from: all of it or nothing, where delivery is exactly-once.
   * Any rejection leaves open whether it happened; only the committed offset tells.
   * @throws FraudstreamError where trying again would not help
   */
  publish(outcomes: readonly Outcome[], next: number): Promise<void>;
  /** Never rejects, and is over within seconds. */
  discard(): Promise<void>;
}
