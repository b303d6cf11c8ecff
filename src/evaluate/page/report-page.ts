// The report of an evaluation as one HTML file: charts in SVG, no script, nothing fetched.
import type { EvaluationReport } from '../evaluation.ts';
import { decimals, driftWord, milliseconds, wholeNumber } from '../figure-text.ts';
import { scoreHistogram, type LatencyBin } from '../histogram.ts';
import type { RankedScores } from '../labelled-scores.ts';
import type { Interval } from '../interval.ts';
import { precisionRecallChart, rocChart } from './curve-charts.ts';
import { latencyChart, scoreChart } from './histogram-charts.ts';
import { escaped } from './markup.ts';
import { PAGE_STYLE } from './page-style.ts';
import { reliabilityChart } from './reliability-chart.ts';
import { confusionTable, figureTable } from './tables.ts';

export interface ReportPage {
  /** The topic or file that the scores came from. */
  readonly source: string;
  readonly report: EvaluationReport;
  readonly ranked: RankedScores;
  readonly latencies: readonly LatencyBin[];
  /** What --fail-under asked for and did not get. */
  readonly missed: readonly string[];
}

export function reportPage(page: ReportPage): string {
  const { source, missed } = page;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Fraud scores of ${escaped(source)}</title><style>${PAGE_STYLE}</style></head>
<body><main>
<header><p class="product">fraudstream evaluate</p><h1>Fraud scores of ${escaped(source)}</h1>${measured(page.report)}</header>
${missed.length === 0 ? '' : `<section class="missed" role="alert"><h2>Missed</h2><ul>${missed.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>`}
${tiles(page.report)}
${charts(page)}
</main></body></html>
`;
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
}: EvaluationReport): string {
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
  const shown = facts.filter((fact) => fact !== undefined);
  return `<dl>${shown.map(([term, value]) => `<div><dt>${term}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;
}

const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

function tiles({ quality, latencyMs, psi }: EvaluationReport): string {
  const at = quality.atPrecision.find(({ precisionMin }) => precisionMin === 0.8);
  const { atThreshold } = quality;
  const all = [
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
  return `<section class="tiles" aria-label="Main figures">${all.join('')}</section>`;
}

const tile = (name: string, value: string, note: string): string =>
  `<div class="tile"><h2>${name}</h2><p class="value">${value}</p><p class="note">${note}</p></div>`;

const range = (interval: Interval | undefined): string =>
  interval === undefined ? '' : `95 %: ${decimals(interval.low)} – ${decimals(interval.high)}`;

function charts({ report: { quality, latencyMs }, ranked, latencies }: ReportPage): string {
  const { calibration, atThreshold } = quality;
  const cards = [
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
    `<figure class="card wide"><h2>All figures</h2><div class="scroll">${figureTable(quality)}</div></figure>`,
  ];
  return `<section class="cards" aria-label="Charts">${cards.join('')}</section>`;
}

const card = (name: string, body: string, caption: string): string =>
  `<figure class="card"><h2>${name}</h2>${body}<figcaption>${caption}</figcaption></figure>`;
