// Whether a score of 0.3 means that three in ten are frauds: Brier score, and the observed rate in each bin of scores.
import { wilsonInterval, type Interval } from './interval.ts';
import type { RankedScores } from './labelled-scores.ts';

/** One of ten bins of equal width; a score on an edge belongs to the upper bin, 1 to the last. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly frauds: number;
  /** Undefined in an empty bin, as the next two. */
  readonly meanScore: number | undefined;
  readonly fraudRate: number | undefined;
  readonly interval: Interval | undefined;
}

export interface Calibration {
  /** Mean squared distance of score and label: 0 is perfect, and always saying the base rate gives `brierOfBaseRate`. */
  readonly brier: number;
  readonly brierOfBaseRate: number;
  /** Mean distance of score and observed rate over the bins, weighted by their counts. */
  readonly expectedError: number;
  readonly bins: readonly ReliabilityBin[];
}

const BINS = 10;

/** Undefined for no scores. */
export function calibrationOf({ scores, labels, frauds }: RankedScores): Calibration | undefined {
  if (scores.length === 0) return undefined;
  const sums = Array.from({ length: BINS }, () => ({ count: 0, frauds: 0, score: 0 }));
  let squares = 0;
  for (let rank = 0; rank < scores.length; rank++) {
    const [score, label] = [scores[rank]!, labels[rank]!];
    const sum = sums[Math.min(BINS - 1, Math.floor(score * BINS))]!;
    sum.count += 1;
    sum.frauds += label;
    sum.score += score;
    squares += (score - label) ** 2;
  }
  const baseRate = frauds / scores.length;
  const distances = sums.reduce((total, sum) => total + Math.abs(sum.score - sum.frauds), 0);
  return {
    brier: squares / scores.length,
    brierOfBaseRate: baseRate * (1 - baseRate),
    expectedError: distances / scores.length,
    bins: sums.map(reliabilityBin),
  };
}

function reliabilityBin(
  { count, frauds, score }: { count: number; frauds: number; score: number },
  index: number,
): ReliabilityBin {
  return {
    from: index / BINS,
    to: (index + 1) / BINS,
    count,
    frauds,
    meanScore: count === 0 ? undefined : score / count,
    fraudRate: count === 0 ? undefined : frauds / count,
    interval: wilsonInterval(frauds, count),
  };
}
