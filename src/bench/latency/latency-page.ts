// The report of the latency bench as a page.
import { curveChart, curveKey, type Curve } from '../../report/curve-chart.ts';
import { card } from '../../report/page.ts';
import { logScale, stepScale } from '../../report/scale.ts';
import { benchPage, figureBars, spreadTable, wholeRange } from '../bench-page.ts';
import { inRange } from '../goals.ts';
import type { LatencyBenchReport } from './latency-bench.ts';
import { AT_LEAST_ONCE_HALF, DELIVERIES, EXACTLY_ONCE_HALF, type Delivery } from './latency-load.ts';

type Load = LatencyBenchReport['loads'][number];

const PERCENTILES = [
  { percent: 50, name: 'p50', of: ({ p50Ms }: Load) => p50Ms },
  { percent: 90, name: 'p90', of: ({ p90Ms }: Load) => p90Ms },
  { percent: 99, name: 'p99', of: ({ p99Ms }: Load) => p99Ms },
  { percent: 99.9, name: 'p99.9', of: ({ p999Ms }: Load) => p999Ms },
  { percent: 100, name: 'most', of: ({ maxMs }: Load) => maxMs },
] as const;

const milliseconds = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

export function latencyPage(report: LatencyBenchReport, machine: string): string {
  const { maxima, loads, goals, runs, seconds } = report;
  return benchPage({
    bench: 'latency',
    title: 'How long a score takes',
    machine,
    facts: [
      ['Runs', `${runs} of ${seconds} s each`],
      ...maxima.map(({ delivery, endToEnd }) => [`At most, ${delivery}`, `${wholeRange(endToEnd)} /s`] as const),
    ],
    goals,
    cards: [
      ...DELIVERIES.map((delivery) => percentileCard(delivery, loads)),
      figureBars(
        '99th percentile, ms',
        loads,
        ({ p99Ms }) => p99Ms,
        milliseconds,
        [EXACTLY_ONCE_HALF, AT_LEAST_ONCE_HALF].map(({ name }) => name),
      ),
      spreadTable('All loads, ms', loads, {
        'per second': ({ sentPerSecond }) => wholeRange(sentPerSecond),
        p50: ({ p50Ms }) => inRange(p50Ms, 1),
        p90: ({ p90Ms }) => inRange(p90Ms, 1),
        p99: ({ p99Ms }) => inRange(p99Ms, 1),
        'p99.9': ({ p999Ms }) => inRange(p999Ms, 1),
      }),
      spreadTable('A mean batch, ms', loads, {
        records: ({ batchRecords }) => inRange(batchRecords, 1),
        decode: ({ decodeMs }) => inRange(decodeMs, 2),
        lookup: ({ lookupMs }) => inRange(lookupMs, 2),
        DAGs: ({ dagMs }) => inRange(dagMs, 2),
        publish: ({ publishMs }) => inRange(publishMs, 2),
      }),
    ],
  });
}

/** The curves of one delivery, on the scale of all. */
function percentileCard(delivery: Delivery, loads: readonly Load[]): string {
  const all = loads.map(curveOf);
  const curves = all.filter(({ name }) => name.startsWith(delivery));
  const values = all.flatMap(({ points }) => points.flatMap(({ min, max }) => [min, max]));
  const name = `${delivery}: from when a transaction was due until its score was visible`;
  const chart = curveChart({
    description: name,
    x: { name: 'percentile', ...stepScale(PERCENTS, nameOf) },
    y: { name: 'milliseconds (log)', ...logScale(values, milliseconds) },
    curves,
    text: (value) => `${milliseconds(value)} ms`,
  });
  return card(name, chart, `${curveKey(curves)}. Whiskers: the least and the most of all runs.`);
}

const curveOf = (load: Load): Curve => ({
  name: load.name,
  points: PERCENTILES.map(({ percent, of }) => ({ x: percent, ...of(load) })),
});
const PERCENTS = PERCENTILES.map(({ percent }) => percent);
const nameOf = (percent: number): string => PERCENTILES.find((entry) => entry.percent === percent)!.name;
