// The report of the locality bench as a page: where each way wins, then all figures.
import { curveChart, curveKey, type Curve } from '../../report/curve-chart.ts';
import { card } from '../../report/page.ts';
import { logScale, stepScale } from '../../report/scale.ts';
import { benchPage, spreadTable, wholeRange } from '../bench-page.ts';
import { inRange, whole } from '../goals.ts';
import type { LocalityBenchReport, LocalityLoadReport } from './locality-bench.ts';
import { DELAYS_MS, REFERENCE_COUNTS, TOGETHER } from './locality-load.ts';

export function localityPage(report: LocalityBenchReport, machine: string): string {
  const { loads, runs, seconds, differenceMax, goals } = report;
  return benchPage({
    bench: 'locality',
    title: 'Where to compute: at the client, or beside the data',
    machine,
    facts: [
      ['Runs', `${runs} of ${seconds} s each`],
      ['Scores apart at most', differenceMax.toExponential(1)],
    ],
    goals,
    cards: [
      ...TOGETHER.map((together) => ratioCard(together, loads)),
      spreadTable('Transactions a second', loads, {
        'references to the client': ({ client }) => wholeRange(client.perSecond),
        'DAG beside them': ({ dag }) => wholeRange(dag.perSecond),
        'DAG against client': ({ ratio }) => inRange(ratio, 2),
      }),
      spreadTable('What it takes', loads, {
        'client, p50 ms': ({ client }) => inRange(client.p50Ms, 2),
        'DAG, p50 ms': ({ dag }) => inRange(dag.p50Ms, 2),
        'client, bytes': ({ client }) => whole(client.bytes.median),
        'DAG, bytes': ({ dag }) => whole(dag.bytes.median),
        'client, engine µs': ({ client }) => inRange(client.engineMicroseconds, 1),
        'DAG, engine µs': ({ dag }) => inRange(dag.engineMicroseconds, 1),
      }),
    ],
  });
}

/** Above the dashed line the DAG wins; both cards have the scale of all loads. */
function ratioCard(together: number, loads: readonly LocalityLoadReport[]): string {
  const curves: Curve[] = REFERENCE_COUNTS.map((references) => ({
    name: `${references} ${references === 1 ? 'reference' : 'references'}`,
    points: loads
      .filter((load) => load.together === together && load.references === references)
      .map(({ delayMs, ratio }) => ({ x: delayMs, ...ratio })),
  }));
  const name = together === 1 ? 'One transaction at a time' : `${together} transactions together`;
  const chart = curveChart({
    description: `${name}: how many times as many scores a second by the DAG as by the client, over the added delay`,
    x: { name: 'added to each round trip, ms', ...stepScale(DELAYS_MS, String) },
    y: {
      name: 'DAG against client (log)',
      ...logScale([1, ...loads.flatMap(({ ratio: { min, max } }) => [min, max])], times),
    },
    level: 1,
    curves,
    text: times,
  });
  return card(name, chart, `${curveKey(curves)}. Above the dashed line the DAG gives more scores a second.`);
}

const times = (value: number): string => `${Number(value.toPrecision(2))} ×`;
