// Promise: the newest committed record is found from the end, however much of other things lies behind it.
import type { Admin, KafkaMessage } from 'kafkajs';
import { expect, it } from 'vitest';
import { lastRecord } from '../../../../src/stream/kafka/last-record.ts';

/** A partition of 100,000 offsets, of which so many hold a committed record; a fetch brings 1,000 offsets. */
function adminOf(committed: readonly number[], low = 0): { admin: Admin; fetches: number[] } {
  const fetches: number[] = [];
  const admin = {
    fetchTopicOffsets: () => Promise.resolve([{ partition: 3, low: String(low), high: '100000', offset: '100000' }]),
    fetchRecords: ({ offset }: { offset: number }) => {
      fetches.push(offset);
      const nextOffset = Math.min(100_000, offset + 1_000);
      const messages = committed
        .filter((each) => each >= offset && each < nextOffset)
        .map((each) => ({ offset: String(each) }));
      return Promise.resolve({ messages: messages as KafkaMessage[], nextOffset });
    },
  };
  return { admin: admin as unknown as Admin, fetches };
}

it.each([
  ['right before the mark of its Kafka transaction', [99_990, 99_998], 0, 1],
  ['behind two hundred aborted ones', [99_000, 99_800], 0, 3],
  ['behind seventy thousand', [12, 30_000], 0, 190],
  ['the first of the partition', [90_000], 90_000, 20],
])('finds it %s', async (_, committed, low, fetchesMax) => {
  const { admin, fetches } = adminOf(committed, low);
  expect((await lastRecord(admin, 'scores', 3))?.offset).toBe(String(committed.at(-1)));
  expect(fetches.length).toBeLessThanOrEqual(fetchesMax);
});

it('finds none in a partition without, nor in one that is not there', async () => {
  expect(await lastRecord(adminOf([]).admin, 'scores', 3)).toBeUndefined();
  expect(await lastRecord(adminOf([1]).admin, 'scores', 4)).toBeUndefined();
});
