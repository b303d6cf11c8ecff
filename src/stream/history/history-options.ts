// What live history is told: how much of the past each partition keeps.

export interface HistoryOptions {
  /** A transaction sees those of its partition whose offsets lie at most so far below its own. */
  readonly recordsMax: number;
  /** And none that came longer than this before the newest record of the partition; undefined is no bound. */
  readonly ageMsMax: number | undefined;
  /** History is kept for each value of this field of the transaction (a card, an account); undefined: for the whole partition. */
  readonly entityField: string | undefined;
}
