// The report of an evaluation: what stands on its page.
import type { EvaluationReport } from '../evaluation.ts';
import { card, page, tile, wideCard, type Page } from '../../report/page.ts';
import { decimals, driftWord, milliseconds, wholeNumber } from '../figure-text.ts';
import { scoreHistogram, type LatencyBin } from '../histogram.ts';
import type { RankedScores } from '../labelled-scores.ts';
import type { Interval } from '../interval.ts';
import { precisionRecallChart, rocChart } from './curve-charts.ts';
import { latencyChart, scoreChart } from './histogram-charts.ts';
import { reliabilityChart } from './reliability-chart.ts';
import { confusionTable, qualityTable } from './tables.ts';

export interface ReportPage {
  /** The topic or file that the scores came from. */
  readonly source: string;
  readonly report: EvaluationReport;
  readonly ranked: RankedScores;
  readonly latencies: readonly LatencyBin[];
  /** What --fail-under asked for and did not get. */
  readonly missed: readonly string[];
}

export function reportPage(of: ReportPage): string {
  return page({
    product: 'fraudstream evaluate',
    title: `Fraud scores of ${of.source}`,
    facts: measured(of.report),
    missed: of.missed,
    tiles: tiles(of.report),
    cards: charts(of),
  });
}

/** What was measured, as terms and their values. */
function measured({
  scores,
  labelled,
  forgotten,
  duplicates,
  unreadable,
  quality,
  models,
  scoredBetween,
  ratePerSecond,
}: EvaluationReport): Page['facts'] {
  const base = quality.frauds / Math.max(1, quality.frauds + quality.genuine);
  const facts: readonly (readonly [string, string] | undefined)[] = [
    ['Scores', wholeNumber(scores)],
    ['Labelled', wholeNumber(labelled)],
    ['Frauds', `${wholeNumber(quality.frauds)} (${(100 * base).toFixed(3)} %)`],
    ['Threshold', String(quality.atThreshold.threshold)],
    scoredBetween && ['Scored', scoredBetween.map(utc).join(' – ')],
    ratePerSecond === undefined ? undefined : ['Rate', `${wholeNumber(ratePerSecond)} /s`],
    [
      'Model',
      Object.keys(models)
        .map((digest) => digest.slice(0, 16) || 'unnamed')
        .join(', '),
    ],
    ...[
      ['Left out: too old', forgotten] as const,
      ['Left out: duplicates', duplicates] as const,
      ['Left out: no scores', unreadable] as const,
    ].map(([term, count]) => (count === 0 ? undefined : ([term, wholeNumber(count)] as const))),
  ];
  return facts.filter((fact) => fact !== undefined);
}

const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

function tiles({ quality, latencyMs, psi }: EvaluationReport): string[] {
  const at = quality.atPrecision.find(({ precisionMin }) => precisionMin === 0.8);
  const { atThreshold } = quality;
  return [
    tile('ROC-AUC', decimals(quality.auc?.value), range(quality.auc?.interval)),
    tile('Average precision', decimals(quality.averagePrecision?.value), range(quality.averagePrecision?.interval)),
    tile('Recall at precision 0.8', decimals(at?.recall), range(at?.recallInterval)),
    tile('Precision at threshold', decimals(atThreshold.precision), range(atThreshold.precisionInterval)),
    tile(
      'Latency p99',
      latencyMs === undefined ? '–' : milliseconds(latencyMs.p99),
      latencyMs === undefined ? 'not told by the scores' : `p50 ${milliseconds(latencyMs.p50)}`,
    ),
    tile('Drift (PSI)', decimals(psi), psi === undefined ? 'no reference, or too few scores' : driftWord(psi)),
  ];
}

const range = (interval: Interval | undefined): string =>
  interval === undefined ? '' : `95 %: ${decimals(interval.low)} – ${decimals(interval.high)}`;

function charts({ report: { quality, latencyMs }, ranked, latencies }: ReportPage): string[] {
  const { calibration, atThreshold } = quality;
  return [
    card('ROC curve', rocChart(ranked, quality), 'Dot: the threshold. Dashed: chance.'),
    card('Precision and recall', precisionRecallChart(ranked, quality), 'Dot: the threshold. Dashed: the base rate.'),
    card(
      'Scores by class',
      scoreChart(scoreHistogram(ranked), atThreshold.threshold),
      '<i class="key genuine"></i> genuine, upward <i class="key fraud"></i> frauds, downward; counts on a logarithmic scale.',
    ),
    calibration === undefined
      ? ''
      : card(
          'Reliability',
          reliabilityChart(calibration),
          'On the dashed line a score is the rate of frauds. Bars: 95 % intervals; larger dots: more scores.',
        ),
    latencyMs === undefined
      ? ''
      : card('Latency', latencyChart(latencies, latencyMs), 'From the record’s timestamp to when it was scored.'),
    card(`At the threshold ${atThreshold.threshold}`, confusionTable(atThreshold), 'Shares are of the row.'),
    wideCard('All figures', qualityTable(quality)),
  ];
}
