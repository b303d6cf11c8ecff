// The last transactions that were called fraud, newest first, for the page.
import type { FraudScore } from '../contracts/fraud-score.ts';

export interface Suspect {
  readonly transactionId: string;
  /** Seconds, as in the CSV. */
  readonly time: number;
  readonly amount: number;
  readonly score: number;
  readonly scoreA: number;
  readonly scoreB: number;
  readonly references: number;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly scoredAt: number;
}

const KEPT_MAX = 20;

export class Suspects {
  readonly #ring: Suspect[] = [];
  #next = 0;

  add(score: FraudScore): void {
    this.#ring[this.#next] = {
      transactionId: score.transactionId,
      time: score.time,
      amount: score.amount,
      score: score.score,
      scoreA: score.scoreA,
      scoreB: score.scoreB,
      references: score.referenceCount,
      partition: score.sourcePartition,
      offset: score.sourceOffset,
      scoredAt: score.scoredAt,
    };
    this.#next = (this.#next + 1) % KEPT_MAX;
  }

  newestFirst(): Suspect[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)].reverse();
  }
}
