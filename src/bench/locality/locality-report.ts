// The report of the locality bench as a person reads it.
import { wholeRange } from '../bench-page.ts';
import { inRange, whole } from '../goals.ts';
import type { LocalityBenchReport, LocalityLoadReport } from './locality-bench.ts';

export function localityReportLines({ loads, differenceMax }: LocalityBenchReport): string[] {
  return [
    '',
    `both ways give the same scores; the widest apart: ${differenceMax.toExponential(1)}`,
    '',
    `${''.padEnd(40)}${'references to the client, per second'.padStart(38)}${'DAG beside them'.padStart(32)}${'DAG against client'.padStart(24)}${'bytes'.padStart(14)}${'engine µs'.padStart(14)}`,
    ...loads.map(loadLine),
    '',
  ];
}

function loadLine({ name, client, dag, ratio }: LocalityLoadReport): string {
  const bytes = `${whole(client.bytes.median)} → ${whole(dag.bytes.median)}`;
  const cpu = `${whole(client.engineMicroseconds.median)} → ${whole(dag.engineMicroseconds.median)}`;
  return [
    name.padEnd(40),
    wholeRange(client.perSecond).padStart(38),
    wholeRange(dag.perSecond).padStart(32),
    inRange(ratio, 2).padStart(24),
    bytes.padStart(14),
    cpu.padStart(14),
  ].join('');
}
