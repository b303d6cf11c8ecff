// Average precision: the precision at each threshold, weighted by the recall that the threshold adds.
import { cutsOf, precisionOf } from './cuts.ts';
import { averagePrecisionInterval, type Interval } from './interval.ts';
import type { RankedScores } from './labelled-scores.ts';

export interface AveragePrecision {
  readonly value: number;
  readonly interval: Interval | undefined;
}

/** Not interpolated, as in scikit-learn's average_precision_score. Undefined without a fraud. */
export function averagePrecision(ranked: RankedScores): AveragePrecision | undefined {
  const { frauds } = ranked;
  if (frauds === 0) return undefined;
  let value = 0;
  let found = 0;
  for (const cut of cutsOf(ranked)) {
    value += ((cut.truePositives - found) / frauds) * precisionOf(cut);
    found = cut.truePositives;
  }
  return { value, interval: averagePrecisionInterval(value, frauds) };
}
