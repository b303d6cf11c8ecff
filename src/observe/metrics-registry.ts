// The table of metrics as prom-client serves it, with the process's own figures beside it. Figures are read when somebody
// asks, so that counting them costs the hot path nothing but the count.
import { collectDefaultMetrics, Registry, type Metric } from 'prom-client';
import { METRICS, type Labels, type MetricRow, type Observed } from './metrics-table.ts';
import type { Tally } from './tally.ts';

interface Sample {
  readonly metricName?: string;
  readonly labels: Labels;
  readonly value: number;
}

export function metricsRegistry(observed: Observed): Registry {
  const registry = new Registry();
  for (const row of METRICS) {
    const { name, help, type } = row;
    // prom-client asks any metric for its figures in this form, and types only its own.
    const get = () => Promise.resolve({ name, help, type, aggregator: 'sum', values: samplesOf(row, observed) });
    registry.registerMetric({ name, get } as unknown as Metric);
  }
  collectDefaultMetrics({ register: registry });
  return registry;
}

function samplesOf(row: MetricRow, observed: Observed): readonly Sample[] {
  if (row.type !== 'histogram') return row.read(observed);
  return row.read(observed).flatMap(({ labels, tally }) => histogramSamples(row.name, labels, tally));
}

function histogramSamples(name: string, labels: Labels, { bounds, counts, sum, count }: Tally): Sample[] {
  let below = 0;
  const buckets = bounds.map((bound, bucket) => {
    below += counts[bucket]!;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: bound }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
