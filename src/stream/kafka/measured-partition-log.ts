// A partition log that tells the metrics how publishing went, and how long it took.
import { performance } from 'node:perf_hooks';
import type { BatchWriter, PartitionLog } from '../partition-log.ts';
import type { StreamMetrics } from '../stream-metrics.ts';
import { isFenced } from './kafka-error.ts';

export class MeasuredPartitionLog implements PartitionLog {
  readonly #log: PartitionLog;
  readonly #metrics: StreamMetrics;
  /** At-least-once publishes without Kafka transactions. */
  readonly #isTransactional: boolean;

  constructor(log: PartitionLog, metrics: StreamMetrics, isTransactional: boolean) {
    this.#log = log;
    this.#metrics = metrics;
    this.#isTransactional = isTransactional;
  }

  async fence(partition: number): Promise<BatchWriter> {
    const writer = await this.#log.fence(partition);
    return {
      expect: (next) => writer.expect(next),
      publish: async (outcomes, next) => {
        const started = performance.now();
        try {
          await writer.publish(outcomes, next);
        } catch (error) {
          this.#ended(isFenced(error) ? 'fenced' : 'aborted');
          throw error;
        }
        this.#metrics.took('publish', performance.now() - started, outcomes.length);
        this.#ended('committed');
      },
      discard: () => writer.discard(),
    };
  }

  position(partition: number): Promise<number> {
    return this.#log.position(partition);
  }

  oldest(partition: number): Promise<number> {
    return this.#log.oldest(partition);
  }

  get expectMsMax(): number {
    return this.#log.expectMsMax;
  }

  #ended(end: 'committed' | 'aborted' | 'fenced'): void {
    if (this.#isTransactional) this.#metrics.transactionEnded(end);
  }
}
