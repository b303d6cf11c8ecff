// How far each partition has come, and when it went on after a fault.
import { sourceOf } from '../oracle.ts';
import type { OutputRecord } from './console-record.ts';
import type { Feed } from './input.ts';

interface PartitionProgress {
  outcomes: number;
  /** The newest few outcomes: when each was made and when it was read. */
  readonly recent: { readonly madeMs: number; readonly readMs: number }[];
}

const RECENT_MAX = 5_000;

export class Progress {
  readonly #partitions: readonly PartitionProgress[];
  readonly #feed: Feed;

  constructor(partitions: number, feed: Feed) {
    this.#partitions = Array.from({ length: partitions }, () => ({ outcomes: 0, recent: [] }));
    this.#feed = feed;
  }

  add(record: OutputRecord): void {
    const partition = this.#partitions[sourceOf(record).partition];
    if (partition === undefined) return;
    partition.outcomes += 1;
    // A dead letter does not say when it was made.
    const madeMs = record.kind === 'score' ? record.score.scoredAt : record.readMs;
    partition.recent.push({ madeMs, readMs: record.readMs });
    if (partition.recent.length > RECENT_MAX) partition.recent.splice(0, RECENT_MAX / 2);
  }

  /** When the last partition with input left published something made after the fault; undefined until then. */
  recoveredMs(faultMs: number): number | undefined {
    let latest: number | undefined;
    for (const [index, { outcomes, recent }] of this.#partitions.entries()) {
      const first = recent.find(({ madeMs }) => madeMs > faultMs);
      if (first !== undefined) latest = Math.max(latest ?? 0, first.readMs);
      else if (outcomes < this.#inputs(index)) return undefined;
    }
    return latest;
  }

  /** Everything that was written to the partition has come out. */
  isDrained(partition: number): boolean {
    return this.#partitions[partition]!.outcomes >= this.#inputs(partition);
  }

  #inputs(partition: number): number {
    return this.#feed.sentTo(partition);
  }
}
