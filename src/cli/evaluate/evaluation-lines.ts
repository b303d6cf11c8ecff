// An evaluation as a person reads it on a terminal.
import type { Evaluation, EvaluationReport } from '../../evaluate/evaluation.ts';
import { decimals, driftWord, milliseconds, threeDigits, wholeNumber } from '../../evaluate/figure-text.ts';
import type { Interval } from '../../evaluate/interval.ts';
import type { Quality } from '../../evaluate/quality.ts';

export function evaluationLines(report: EvaluationReport): readonly string[] {
  return [
    '',
    ...counted(report),
    '',
    ...(report.labelled === 0 ? noLabels() : figures(report.quality)),
    ...beside(report),
    '',
  ];
}

/** What --follow says now and then. */
export function progressLine(evaluation: Evaluation): string {
  const { scores, labelled, quality, latencyMs } = evaluation.report();
  const { auc, averagePrecision, atThreshold } = quality;
  const figure = (name: string, value: number | undefined): string => `${name} ${decimals(value)}`;
  return [
    `${wholeNumber(scores)} scores, ${wholeNumber(labelled)} labelled, ${wholeNumber(quality.frauds)} frauds`,
    figure('AUC', auc?.value),
    figure('AP', averagePrecision?.value),
    figure('recall', atThreshold.recall),
    ...(latencyMs === undefined ? [] : [`p99 ${milliseconds(latencyMs.p99)}`]),
  ].join(' · ');
}

function counted({ scores, labelled, forgotten, duplicates, unreadable, quality, models }: EvaluationReport): string[] {
  const digests = Object.keys(models).map((digest) => (digest === '' ? 'unnamed' : `${digest.slice(0, 12)}…`));
  return [
    `  ${wholeNumber(scores)} scores, ${wholeNumber(labelled)} with a label: ${wholeNumber(quality.frauds)} frauds, ${wholeNumber(quality.genuine)} genuine`,
    `  model${digests.length > 1 ? 's MIXED' : ''}: ${digests.join(', ') || 'none'}`,
    ...counts('older labelled scores left out: only the newest fit', forgotten),
    ...counts('duplicates left out', duplicates),
    ...counts('values that are no score left out', unreadable),
  ];
}

const counts = (what: string, count: number): string[] => (count === 0 ? [] : [`  ${wholeNumber(count)} ${what}`]);

const noLabels = (): string[] => [
  '  No score carries a label: replay a CSV with a Class column, and quality can be told.',
  '',
];

function figures({ auc, averagePrecision, atPrecision, atAlertRate, atThreshold, calibration }: Quality): string[] {
  const { threshold, truePositives, falsePositives, falseNegatives, trueNegatives } = atThreshold;
  return [
    '  figure                     value   95 % interval',
    line('ROC-AUC', auc?.value, auc?.interval),
    line('average precision', averagePrecision?.value, averagePrecision?.interval),
    ...atPrecision.map((at) => line(`recall at precision ${at.precisionMin}`, at.recall, at.recallInterval)),
    ...atAlertRate.map((at) => line(`recall at ${at.alertRateMax * 100} % alerts`, at.recall, at.recallInterval)),
    line(`precision at ${threshold}`, atThreshold.precision, atThreshold.precisionInterval),
    line(`recall at ${threshold}`, atThreshold.recall, atThreshold.recallInterval),
    line(`F1 at ${threshold}`, atThreshold.f1),
    `  ${'Brier score'.padEnd(22)} ${threeDigits(calibration?.brier).padStart(9)}   always the base rate: ${threeDigits(calibration?.brierOfBaseRate)}`,
    `  ${'calibration error'.padEnd(22)} ${threeDigits(calibration?.expectedError).padStart(9)}`,
    '',
    `  score ≥ ${threshold}${''.padEnd(14)}alert    no alert`,
    `  fraud      ${wholeNumber(truePositives).padStart(18)}${wholeNumber(falseNegatives).padStart(12)}`,
    `  genuine    ${wholeNumber(falsePositives).padStart(18)}${wholeNumber(trueNegatives).padStart(12)}`,
    '',
  ];
}

function beside({ psi, latencyMs, ratePerSecond }: EvaluationReport): string[] {
  return [
    psi === undefined
      ? '  drift: not told (models/manifest.json has no histogram of this model’s scores, or there are too few scores)'
      : `  drift: population stability index ${decimals(psi)} (${driftWord(psi)})`,
    ...(latencyMs === undefined
      ? []
      : [
          `  latency: p50 ${milliseconds(latencyMs.p50)}, p99 ${milliseconds(latencyMs.p99)} (record timestamp to score)`,
        ]),
    ...(ratePerSecond === undefined ? [] : [`  rate: ${wholeNumber(ratePerSecond)} scores a second, first to last`]),
  ];
}

function line(name: string, value: number | undefined, interval?: Interval): string {
  const range = interval === undefined ? '' : `   ${decimals(interval.low)} to ${decimals(interval.high)}`;
  return `  ${name.padEnd(22)} ${decimals(value).padStart(9)}${range}`;
}
