// The tables of the page: every figure with its interval, and the four counts at the threshold.
import { figureTable } from '../../report/figure-table.ts';
import type { Confusion } from '../confusion.ts';
import { decimals, threeDigits, wholeNumber } from '../figure-text.ts';
import type { Interval } from '../interval.ts';
import type { Quality } from '../quality.ts';

const HEAD = ['Figure', 'Value', '95 % interval', 'Threshold', 'Alerts'] as const;

export function qualityTable(quality: Quality): string {
  const { auc, averagePrecision, atPrecision, atAlertRate, atThreshold, calibration } = quality;
  return figureTable(HEAD, [
    row('ROC-AUC', decimals(auc?.value), auc?.interval),
    row('Average precision', decimals(averagePrecision?.value), averagePrecision?.interval),
    ...atPrecision.map((at) =>
      row(`Recall at precision ≥ ${at.precisionMin}`, decimals(at.recall), at.recallInterval, at),
    ),
    ...atAlertRate.map((at) =>
      row(`Recall at ≤ ${at.alertRateMax * 100} % alerts`, decimals(at.recall), at.recallInterval, at),
    ),
    row(`Precision at ${atThreshold.threshold}`, decimals(atThreshold.precision), atThreshold.precisionInterval),
    row(`Recall at ${atThreshold.threshold}`, decimals(atThreshold.recall), atThreshold.recallInterval),
    row(`F1 at ${atThreshold.threshold}`, decimals(atThreshold.f1)),
    row('Brier score', threeDigits(calibration?.brier)),
    row('Brier score of the base rate', threeDigits(calibration?.brierOfBaseRate)),
    row('Calibration error', threeDigits(calibration?.expectedError)),
  ]);
}

interface At {
  readonly threshold: number | undefined;
  readonly alerts: number;
}

function row(name: string, value: string, interval?: Interval, at?: At): [string, ...string[]] {
  const range = interval === undefined ? '' : `${decimals(interval.low)} – ${decimals(interval.high)}`;
  const threshold = at === undefined ? '' : decimals(at.threshold);
  return [name, value, range, threshold, at === undefined ? '' : wholeNumber(at.alerts)];
}

export function confusionTable({ truePositives, falsePositives, falseNegatives, trueNegatives }: Confusion): string {
  const cell = (count: number, of: number, name: string, kind: string): string =>
    `<td class="${kind}"><strong>${wholeNumber(count)}</strong><span>${name}, ${of === 0 ? '–' : `${((100 * count) / of).toFixed(2)} %`}</span></td>`;
  const [frauds, genuine] = [truePositives + falseNegatives, falsePositives + trueNegatives];
  return [
    '<table class="confusion"><thead><tr><td></td><th scope="col">Alert</th><th scope="col">No alert</th></tr></thead><tbody>',
    `<tr><th scope="row">Fraud</th>${cell(truePositives, frauds, 'found', 'good')}${cell(falseNegatives, frauds, 'missed', 'bad')}</tr>`,
    `<tr><th scope="row">Genuine</th>${cell(falsePositives, genuine, 'false alarm', 'bad')}${cell(trueNegatives, genuine, 'left alone', 'good')}</tr>`,
    '</tbody></table>',
  ].join('');
}
