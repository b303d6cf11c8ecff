// Promise: what /metrics serves is well-formed, named by the conventions, and says what the stream has told.
import { expect, it } from 'vitest';
import { ConsumerWatch } from '../../../src/observe/consumer-watch.ts';
import { metricsRegistry } from '../../../src/observe/metrics-registry.ts';
import { METRICS } from '../../../src/observe/metrics-table.ts';
import { StreamTally } from '../../../src/observe/stream-tally.ts';
import type { Outcome } from '../../../src/stream/outcome.ts';

const score = (value: number): Outcome =>
  ({
    kind: 'score',
    record: { timestamp: 1000 },
    score: { score: value, scoreA: value, scoreB: value, fraud: value >= 0.6 },
  }) as Outcome;
const letter = {
  kind: 'dead-letter',
  record: { timestamp: 1000 },
  letter: { stage: 'decode', errorClass: 'malformed' },
} as unknown as Outcome;

async function exposition(tally = new StreamTally()): Promise<string> {
  const watch = new ConsumerWatch(() => 0);
  await watch.look({
    partitions: () => Promise.resolve([{ partition: 3, position: 5, end: 9, lag: 4 }]),
    identify: () => Promise.resolve({ connection: 1, modelDigest: 'cafe', tags: 'cafe' }),
  });
  return metricsRegistry({ tally, watch, dagsInFlightMax: 64, drift: () => 0.125 }).metrics();
}

it('counts what was published, each record once', async () => {
  const tally = new StreamTally();
  tally.consumed(4);
  tally.took('dag', 3);
  tally.dagsInFlightBound(32);
  tally.dagsInFlightBound(-16);
  tally.transactionEnded('committed');
  tally.published({
    ...{ partition: 3, next: 9, lag: 0, latencyMsMax: 0, latencyMsMin: 0, publishedAt: 1012 },
    outcomes: [score(0.01), score(0.9), score(0.97), letter],
    ...{ scores: 3, frauds: 2, deadLetters: ['truncated'] },
  });
  const text = await exposition(tally);
  for (const line of [
    'fraudstream_transactions_consumed_total 4',
    'fraudstream_transactions_scored_total 3',
    'fraudstream_transactions_flagged_total 2',
    'fraudstream_dead_letters_total{stage="decode",error_class="malformed"} 1',
    'fraudstream_batch_records_bucket{le="5"} 1',
    'fraudstream_stage_duration_seconds_bucket{stage="dag",le="0.0025"} 0',
    'fraudstream_stage_duration_seconds_bucket{stage="dag",le="0.005"} 1',
    'fraudstream_end_to_end_seconds_bucket{le="0.01"} 0',
    'fraudstream_end_to_end_seconds_bucket{le="0.015"} 4',
    'fraudstream_end_to_end_seconds_bucket{le="+Inf"} 4',
    'fraudstream_end_to_end_seconds_count 4',
    'fraudstream_score_bucket{le="0.05"} 1',
    'fraudstream_score_bucket{le="1"} 3',
    'fraudstream_consumer_lag{partition="3"} 4',
    'fraudstream_kafka_transactions_total{outcome="committed"} 1',
    'fraudstream_model_info{digest="cafe"} 1',
    'fraudstream_engine_up 1',
    'fraudstream_score_drift_psi 0.125',
    'fraudstream_dags_in_flight_bound 16',
    'fraudstream_dags_in_flight_max 64',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

it('has a line for every metric of the table, and those of the process', async () => {
  const text = await exposition();
  for (const { name, type } of METRICS) expect(text).toContain(`# TYPE ${name} ${type}`);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
});

it('names counters _total, and nothing else', () => {
  for (const { name, type } of METRICS) expect(name.endsWith('_total')).toBe(type === 'counter');
});

it('keeps each histogram cumulative up to its count', async () => {
  const tally = new StreamTally();
  for (let i = 0; i < 500; i++) tally.endToEndSeconds.observe(i / 100);
  const text = await exposition(tally);
  const values = [...text.matchAll(/^fraudstream_end_to_end_seconds_bucket\{le="[^"]+"\} (\d+)$/gm)].map((match) =>
    Number(match[1]),
  );
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values.at(-1)).toBe(500);
});
