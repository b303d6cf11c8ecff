// The four counts at a threshold, and what follows from them.
import { wilsonInterval, type Interval } from './interval.ts';
import type { RankedScores } from './labelled-scores.ts';

export interface Confusion {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Undefined without an alert. */
  readonly precision: number | undefined;
  readonly precisionInterval: Interval | undefined;
  /** Undefined without a fraud. */
  readonly recall: number | undefined;
  readonly recallInterval: Interval | undefined;
  readonly f1: number | undefined;
}

/** A score equal to the threshold is an alert, as in the stream. */
export function confusionAt({ scores, labels, frauds }: RankedScores, threshold: number): Confusion {
  let [alerts, truePositives] = [0, 0];
  for (; alerts < scores.length && scores[alerts]! >= threshold; alerts++) truePositives += labels[alerts]!;
  const falsePositives = alerts - truePositives;
  const falseNegatives = frauds - truePositives;
  const either = truePositives + falsePositives + falseNegatives;
  return {
    threshold,
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: scores.length - either,
    precision: alerts === 0 ? undefined : truePositives / alerts,
    precisionInterval: wilsonInterval(truePositives, alerts),
    recall: frauds === 0 ? undefined : truePositives / frauds,
    recallInterval: wilsonInterval(truePositives, frauds),
    f1: either === 0 ? undefined : (2 * truePositives) / (truePositives + either),
  };
}
