// The ROC curve and the precision-recall curve, each with the point at which the threshold works.
import type { Confusion } from '../confusion.ts';
import { precisionRecallCurve, rocCurve } from '../curves.ts';
import { decimals } from '../figure-text.ts';
import type { RankedScores } from '../labelled-scores.ts';
import type { Quality } from '../quality.ts';
import { area, dot, line, plot, SHARE_TICKS, type Point } from '../../report/plot.ts';

const DIAGONAL: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];

export function rocChart(ranked: RankedScores, { auc, atThreshold }: Quality): string {
  const points = rocCurve(ranked);
  const { falsePositives, trueNegatives, recall = 0, threshold } = atThreshold;
  const rate = falsePositives / Math.max(1, falsePositives + trueNegatives);
  return plot({
    description: `ROC curve, area ${decimals(auc?.value)}`,
    x: { name: 'false positive rate', ticks: SHARE_TICKS },
    y: { name: 'recall', ticks: SHARE_TICKS },
    body: [
      line('chance', DIAGONAL),
      area('under', points),
      line('curve', points),
      dot(
        'point',
        { x: rate, y: recall },
        `threshold ${threshold}: recall ${decimals(recall)}, false positives ${decimals(rate)}`,
      ),
    ].join(''),
  });
}

export function precisionRecallChart(ranked: RankedScores, quality: Quality): string {
  const { averagePrecision, atThreshold, frauds, genuine } = quality;
  const base = frauds / Math.max(1, frauds + genuine);
  const points = stairs(precisionRecallCurve(ranked));
  return plot({
    description: `Precision-recall curve, average precision ${decimals(averagePrecision?.value)}, base rate ${decimals(base)}`,
    x: { name: 'recall', ticks: SHARE_TICKS },
    y: { name: 'precision', ticks: SHARE_TICKS },
    body: [
      line('chance', [
        { x: 0, y: base },
        { x: 1, y: base },
      ]),
      area('under', points),
      line('curve', points),
      thresholdDot(atThreshold),
    ].join(''),
  });
}

function thresholdDot({ threshold, recall, precision }: Confusion): string {
  if (recall === undefined || precision === undefined) return '';
  return dot(
    'point',
    { x: recall, y: precision },
    `threshold ${threshold}: precision ${decimals(precision)}, recall ${decimals(recall)}`,
  );
}

/** Between two thresholds there is nothing: what recall gains, it gains at the precision of the lower one. */
function stairs(points: readonly Point[]): readonly Point[] {
  return points.flatMap((point, index) => (index === 0 ? [point] : [{ x: points[index - 1]!.x, y: point.y }, point]));
}
