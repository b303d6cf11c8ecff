// What a consumer under test is told where a test does not care.
import type { StreamOptions } from '../../src/stream/options.ts';

export const streamOptions = (engine: { readonly url: string }, more: Partial<StreamOptions> = {}): StreamOptions => ({
  kafka: { brokers: [] },
  redisaiUrl: engine.url,
  transactionsTopic: 'transactions',
  scoresTopic: 'scores',
  deadLetterTopic: 'dlt',
  groupId: 'g',
  delivery: 'exactly-once',
  format: 'json',
  tag: 'tag',
  shards: 1,
  devices: ['CPU', 'CPU:1'],
  threshold: 0.5,
  policy: 'average',
  windowSeconds: 100,
  referencesMax: 10,
  lookup: 'client',
  batchRecordsMax: 500,
  inFlightMax: 20,
  result: 'none',
  ...more,
});
