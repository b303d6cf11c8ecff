// THE rule of live history: what of its partition's past a transaction sees. It knows of offsets and of the records' own
// times alone, so it says the same wherever batches are cut, and whoever scores.
import type { HistoryOptions } from './history-options.ts';
import type { Position } from './history-keys.ts';

export class Retention {
  readonly #recordsMax: number;
  readonly #ageMsMax: number;

  constructor({ recordsMax, ageMsMax = Number.POSITIVE_INFINITY }: HistoryOptions) {
    this.#recordsMax = recordsMax;
    this.#ageMsMax = ageMsMax;
  }

  get isByAge(): boolean {
    return this.#ageMsMax !== Number.POSITIVE_INFINITY;
  }

  /** The oldest offset that the record at `offset` may see, or one that nobody has. */
  oldestOffset(offset: number): number {
    return offset - this.#recordsMax;
  }

  /** `clock` is the highest timestamp of the partition up to and with the record at `offset`. */
  isVisible(seen: Position, offset: number, clock: number): boolean {
    return seen.offset < offset && this.isKept(seen, offset, clock);
  }

  /** Whether any record from `next` on may see it, where `clock` is the highest timestamp below. */
  isKept(seen: Position, next: number, clock: number): boolean {
    return seen.offset >= this.oldestOffset(next) && clock - seen.timestamp <= this.#ageMsMax;
  }
}
