// How many records of a partition go into one Kafka transaction: as many as may, where the engine is quick, and as many as
// are scored in a second, where it is not. A second is long beside the tens of milliseconds that a Kafka transaction costs,
// and short beside what waits for a chunk: its first score, a rebalance, a consumer that is told to stop.

/** Scoring a chunk is meant to take no longer. */
const SCORING_MS = 1_000;
/** Of the first chunk, when nobody knows yet how quick the engine is. */
const FIRST_RECORDS = 100;
/** At most so many times the last one: a few quick answers promise little. */
const GROWTH = 4;

export class ChunkSize {
  readonly #recordsMax: number;
  #records: number;

  constructor(recordsMax: number) {
    this.#recordsMax = recordsMax;
    this.#records = Math.min(recordsMax, FIRST_RECORDS);
  }

  /** Of the next chunk. */
  get records(): number {
    return this.#records;
  }

  /** So many records were scored, their waiting for the engine included. */
  scored(records: number, milliseconds: number): void {
    const wanted = Math.floor((records * SCORING_MS) / Math.max(milliseconds, 1));
    const isSlow = milliseconds > SCORING_MS;
    // A chunk that was small for want of records says nothing of larger ones.
    if (!isSlow && records < this.#records) return;
    this.#records = Math.max(1, Math.min(wanted, GROWTH * this.#records, this.#recordsMax));
  }
}
