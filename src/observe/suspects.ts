// The last transactions that were called fraud, newest first, for the page.
import { scrubForeign } from '../core/card-numbers.ts';
import type { FraudScore } from '../contracts/fraud-score.ts';
import type { Suspect } from './live/snapshot.ts';

const KEPT_MAX = 12;

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
    const newest = [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)].reverse();
    return newest.map((suspect) => ({ ...suspect, transactionId: scrubForeign(suspect.transactionId) }));
  }
}
