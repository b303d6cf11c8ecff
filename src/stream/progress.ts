// The watchdog: a partition with records waiting and nothing handled for too long hangs on something that no error tells of.
// Each partition has a clock of its own: neither its neighbours' progress nor a rebalance that leaves it here sets it back.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import type { PartitionView } from './consumer-view.ts';

/** Where each partition of the topic begins and ends. */
export type LogBounds = ReadonlyMap<number, { readonly oldest: number; readonly end: number }>;

interface Watched {
  /** Everything below is handled; undefined until the first batch. */
  handled: number | undefined;
  /** Where it stood when the watchdog last looked; others may have moved it. */
  seen: number | undefined;
  movedAt: number;
}

export class Progress {
  readonly #stallMsMax: number;
  readonly #now: () => number;
  readonly #watched = new Map<number, Watched>();

  /** `now` is monotonic: a clock that is set must not look like a stall. */
  constructor(stallMsMax: number, now: () => number = () => performance.now()) {
    this.#stallMsMax = stallMsMax;
    this.#now = now;
  }

  assigned(partitions: readonly number[]): void {
    for (const partition of this.#watched.keys()) if (!partitions.includes(partition)) this.#watched.delete(partition);
    for (const partition of partitions) {
      if (this.#watched.has(partition)) continue;
      this.#watched.set(partition, { handled: undefined, seen: undefined, movedAt: this.#now() });
    }
  }

  handled(partition: number, end: number): void {
    const watched = this.#watched.get(partition);
    if (watched === undefined || watched.handled === end) return;
    watched.handled = end;
    watched.movedAt = this.#now();
  }

  /** It moves, though nothing of it is handled yet. */
  busy(partition: number): void {
    const watched = this.#watched.get(partition);
    if (watched !== undefined) watched.movedAt = this.#now();
  }

  /** The assigned partitions in their order. What others committed counts too, and what is gone is not waited for. */
  views(bounds: LogBounds, committed: ReadonlyMap<number, number>): PartitionView[] {
    const watched = [...this.#watched].sort(([a], [b]) => a - b);
    return watched.map(([partition, { handled }]) => {
      const { oldest, end } = bounds.get(partition) ?? { oldest: 0, end: 0 };
      const position = Math.max(oldest, handled ?? 0, committed.get(partition) ?? 0);
      return { partition, position, end, lag: Math.max(0, end - position) };
    });
  }

  /** The error that ends the consumer, where a partition's records have waited for too long. */
  stall(views: readonly PartitionView[]): FraudstreamError | undefined {
    const stalled = views.find((view) => this.#stillMs(view) >= this.#stallMsMax);
    if (stalled === undefined) return undefined;
    const { partition, lag, position } = stalled;
    const still = `nothing of it was published for ${Math.round(this.#stillMs(stalled) / 1000)} s`;
    const words = `partition ${partition}: ${lag} transactions wait from offset ${position} on, and ${still}`;
    return new FraudstreamError('STREAM_STALLED', words, {
      next: 'see the log for what it waits for (Kafka, the engine), and start it again: nothing is lost',
      exitCode: EXIT.unavailable,
      retriable: true,
    });
  }

  #stillMs({ partition, position, lag }: PartitionView): number {
    const watched = this.#watched.get(partition);
    if (watched === undefined) return 0;
    const hasMoved = watched.seen !== undefined && watched.seen !== position;
    if (lag === 0 || hasMoved) watched.movedAt = this.#now();
    watched.seen = position;
    return this.#now() - watched.movedAt;
  }
}
