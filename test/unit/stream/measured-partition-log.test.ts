// Promise: every Kafka transaction is counted by how it ended, and measuring changes nothing about it.
import { expect, it } from 'vitest';
import { MeasuredPartitionLog } from '../../../src/stream/kafka/measured-partition-log.ts';
import { NO_METRICS } from '../../../src/stream/stream-metrics.ts';

const failing = (error?: Error, isTransactional = true) => {
  const told: string[] = [];
  const log = {
    fence: () =>
      Promise.resolve({
        expect: (next: number) => told.push(`expect ${next}`),
        publish: () => (error === undefined ? Promise.resolve() : Promise.reject(error)),
        discard: () => Promise.resolve(),
      }),
    position: () => Promise.resolve(7),
    oldest: () => Promise.resolve(3),
    expectMsMax: 5,
  };
  const metrics = {
    ...NO_METRICS,
    took: (stage: string) => told.push(stage),
    transactionEnded: (end: string) => told.push(end),
  };
  return { told, measured: new MeasuredPartitionLog(log, metrics, isTransactional) };
};

it.each([
  ['committed', undefined, ['publish', 'committed']],
  ['aborted', new Error('away'), ['aborted']],
  ['fenced', Object.assign(new Error('old'), { type: 'INVALID_PRODUCER_EPOCH' }), ['fenced']],
  [
    'fenced, wherever the reason stands',
    new Error('x', { cause: Object.assign(new Error(), { type: 'PRODUCER_FENCED' }) }),
    ['fenced'],
  ],
])('counts one that is %s', async (_how, error, expected) => {
  const { told, measured } = failing(error);
  const published = (await measured.fence(0)).publish([], 1);
  await (error === undefined ? published : expect(published).rejects.toBe(error));
  expect(told).toEqual(expected);
});

it('counts none where delivery is at-least-once', async () => {
  const { told, measured } = failing(undefined, false);
  await (await measured.fence(0)).publish([], 1);
  expect(told).toEqual(['publish']);
  expect(await measured.position(0)).toBe(7);
  expect(await measured.oldest(0)).toBe(3);
});
