// The report of the latency bench as a person reads it.
import { wholeRange } from '../bench-page.ts';
import { goalLine, whole } from '../goals.ts';
import type { Spread } from '../spread.ts';
import type { LatencyBenchReport } from './latency-bench.ts';

export function latencyReportLines({ maxima, loads, goals }: LatencyBenchReport): string[] {
  return [
    '',
    ...maxima.map(
      ({ delivery, fullTopic, endToEnd }) =>
        `${delivery}, at most: ${wholeRange(endToEnd)} a second; from a full topic ${wholeRange(fullTopic)}`,
    ),
    '',
    `${'milliseconds from due to visible'.padEnd(38)}${cells(['per second', 'p50', '[min – max]', 'p99', '[min – max]', 'p99.9', 'most'])}`,
    ...loads.map(loadLine),
    '',
    `${'a mean batch'.padEnd(38)}${cells(['records', 'decode', 'lookup', 'DAGs', 'publish', 'sent late'])}`,
    ...loads.map(stageLine),
    '',
    ...goals.map(goalLine),
    '',
  ];
}

function loadLine({ name, sentPerSecond, p50Ms, p99Ms, p999Ms, maxMs }: LatencyBenchReport['loads'][number]): string {
  const figures = [p50Ms, p99Ms].flatMap((ms) => [one(ms.median), `[${one(ms.min)} – ${one(ms.max)}]`]);
  return `${name.padEnd(38)}${cells([whole(sentPerSecond.median), ...figures, one(p999Ms.median), one(maxMs.median)])}`;
}

function stageLine(load: LatencyBenchReport['loads'][number]): string {
  const { batchRecords, decodeMs, lookupMs, dagMs, publishMs, sentLateMs } = load;
  const median = ({ median: value }: Spread): string => one(value);
  return `${load.name.padEnd(38)}${cells([batchRecords, decodeMs, lookupMs, dagMs, publishMs, sentLateMs].map(median))}`;
}

const one = (value: number): string => value.toFixed(1);
const cells = (texts: readonly string[]): string => texts.map((text) => text.padStart(17)).join('');
