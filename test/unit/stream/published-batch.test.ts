// Promise: what the metrics are told of a batch adds up, and its lag is 0 behind trailing control records.
import { expect, it } from 'vitest';
import type { Outcome } from '../../../src/stream/outcome.ts';
import { publishedBatch } from '../../../src/stream/published-batch.ts';
import type { SourceBatch } from '../../../src/stream/source-record.ts';

const record = (offset: number, timestamp: number) => ({
  topic: 't',
  partition: 3,
  offset,
  timestamp,
  key: null,
  value: null,
});
const score = (offset: number, timestamp: number, fraud: boolean): Outcome =>
  ({ kind: 'score', record: record(offset, timestamp), score: { fraud } }) as Outcome;
const letter = (offset: number, timestamp: number): Outcome =>
  ({ kind: 'dead-letter', record: record(offset, timestamp), letter: { errorClass: 'reply-shape' } }) as Outcome;
// Offsets 13 and 14 are control records: nothing to score, and the batch ends behind them.
const batch: SourceBatch = { partition: 3, start: 10, end: 15, records: [], highWatermark: 15 };

it('counts scores, frauds and dead letters, and how long the oldest and the newest waited', () => {
  const outcomes = [score(10, 900, true), letter(11, 950), score(12, 800, false)];
  expect(publishedBatch(outcomes, batch, 15, 1000)).toMatchObject({
    scores: 2,
    frauds: 1,
    deadLetters: ['reply-shape'],
    latencyMsMax: 200,
    latencyMsMin: 50,
  });
});

it('has no lag where only control records lie behind the last transaction', () => {
  expect(publishedBatch([score(12, 1, false)], batch, 15, 1000).lag).toBe(0);
  expect(publishedBatch([score(12, 1, false)], batch, 13, 1000).lag).toBe(2);
});
