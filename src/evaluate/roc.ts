// The area under the ROC curve: how often a fraud scores above a genuine transaction, ties counting half.
import { normalInterval, type Interval } from './interval.ts';
import type { RankedScores } from './labelled-scores.ts';

export interface RocAuc {
  readonly value: number;
  readonly interval: Interval | undefined;
}

/** Undefined without a fraud or without a genuine transaction. O(n), the ranks being there already. */
export function rocAuc(ranked: RankedScores): RocAuc | undefined {
  const { labels, frauds } = ranked;
  const genuine = labels.length - frauds;
  if (frauds === 0 || genuine === 0) return undefined;
  const { byFraud, byGenuine } = placements(ranked, genuine);
  const error = Math.sqrt(byFraud.variance() / frauds + byGenuine.variance() / genuine);
  const interval = frauds < 2 || genuine < 2 ? undefined : normalInterval(byFraud.mean, error);
  return { value: byFraud.mean, interval };
}

/**
 * DeLong's components: for each fraud the share of genuine scores below it, for each genuine one the share of frauds
 * above it; equal scores count half. Walks the groups of equal scores.
 */
function placements({ scores, labels, frauds }: RankedScores, genuine: number) {
  const [byFraud, byGenuine] = [new Moments(), new Moments()];
  let [fraudsAbove, genuineAbove] = [0, 0];
  for (let rank = 0; rank < scores.length;) {
    const score = scores[rank]!;
    let [fraudsHere, genuineHere] = [0, 0];
    for (; rank < scores.length && scores[rank] === score; rank++) {
      if (labels[rank] === 1) fraudsHere += 1;
      else genuineHere += 1;
    }
    byFraud.add((genuine - genuineAbove - genuineHere / 2) / genuine, fraudsHere);
    byGenuine.add((fraudsAbove + fraudsHere / 2) / frauds, genuineHere);
    fraudsAbove += fraudsHere;
    genuineAbove += genuineHere;
  }
  return { byFraud, byGenuine };
}

/** Mean and variance of values that come several times, in one pass (Welford, West). */
class Moments {
  mean = 0;
  #count = 0;
  #squares = 0;

  add(value: number, times: number): void {
    if (times === 0) return;
    this.#count += times;
    const distance = value - this.mean;
    this.mean += (distance * times) / this.#count;
    this.#squares += times * distance * (value - this.mean);
  }

  variance(): number {
    return this.#squares / (this.#count - 1);
  }
}
