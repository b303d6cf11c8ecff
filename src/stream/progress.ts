// The watchdog: with records waiting and nothing handled for too long, something hangs that no error tells of.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import type { PartitionView } from './consumer-view.ts';

/** Ends of the assigned partitions, by partition. */
export type LogEnds = ReadonlyMap<number, number>;

export class Progress {
  readonly #stallMsMax: number;
  readonly #now: () => number;
  /** By assigned partition, everything below is handled; undefined until the first batch. */
  readonly #handled = new Map<number, number | undefined>();
  #movedAt: number;

  /** `now` is monotonic: a clock that is set must not look like a stall. */
  constructor(stallMsMax: number, now: () => number = () => performance.now()) {
    this.#stallMsMax = stallMsMax;
    this.#now = now;
    this.#movedAt = now();
  }

  assigned(partitions: readonly number[]): void {
    this.#handled.clear();
    for (const partition of partitions) this.#handled.set(partition, undefined);
    this.#movedAt = this.#now();
  }

  handled(partition: number, end: number): void {
    if (this.#handled.get(partition) === end) return;
    this.#handled.set(partition, end);
    this.#movedAt = this.#now();
  }

  /** The assigned partitions in their order. What the group had committed counts where nothing was handled yet. */
  views(ends: LogEnds, committed: ReadonlyMap<number, number>): PartitionView[] {
    const handled = [...this.#handled].sort(([a], [b]) => a - b);
    return handled.map(([partition, known]) => {
      const end = ends.get(partition) ?? 0;
      const position = known ?? committed.get(partition) ?? 0;
      return { partition, position, end, lag: Math.max(0, end - position) };
    });
  }

  /** The error that ends the consumer, where `lag` records have waited for too long. */
  stall(lag: number): FraudstreamError | undefined {
    const stillMs = this.#now() - this.#movedAt;
    if (lag === 0) this.#movedAt = this.#now();
    if (lag === 0 || stillMs < this.#stallMsMax) return undefined;
    const words = `${lag} transactions wait and nothing was published for ${Math.round(stillMs / 1000)} s`;
    return new FraudstreamError('STREAM_STALLED', words, {
      next: 'see the log for what it waits for (Kafka, the engine), and start it again: nothing is lost',
      exitCode: EXIT.unavailable,
      retriable: true,
    });
  }
}
