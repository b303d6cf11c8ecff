// From ranked scores to every threshold that tells them apart: the one walk on which ROC, precision and recall rest.
import type { RankedScores } from './labelled-scores.ts';

/** What a threshold does: everything with at least this score is an alert. */
export interface Cut {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** One cut for each distinct score, from the highest down: equal scores are never parted, since no threshold could. */
export function* cutsOf({ scores, labels }: RankedScores): Generator<Cut> {
  let truePositives = 0;
  for (let rank = 0; rank < scores.length; rank++) {
    truePositives += labels[rank]!;
    if (scores[rank] === scores[rank + 1]) continue;
    yield { threshold: scores[rank]!, truePositives, falsePositives: rank + 1 - truePositives };
  }
}

export const alertsOf = ({ truePositives, falsePositives }: Cut): number => truePositives + falsePositives;

export const precisionOf = (cut: Cut): number => cut.truePositives / alertsOf(cut);
