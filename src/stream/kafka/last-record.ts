// The newest record of a partition that a reader at read_committed gets, found from the end: behind it may lie the marks of Kafka
// transactions and what was aborted.
import type { Admin, KafkaMessage } from 'kafkajs';
import { FETCH_BYTES, fetchRecords } from './fetch-records.ts';

/** How far back it looks, and how much further each time. */
const REACH_RECORDS = 64;
const REACH_GROWTH = 16;
const REACH_RECORDS_MAX = 1_000_000;

/** Undefined where there is none, or none within a million records of the end. */
export async function lastRecord(admin: Admin, topic: string, partition: number): Promise<KafkaMessage | undefined> {
  const ends = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
  if (ends === undefined) return undefined;
  const [low, high] = [Number(ends.low), Number(ends.high)];
  for (let reach = REACH_RECORDS; reach <= REACH_RECORDS_MAX; reach *= REACH_GROWTH) {
    const from = Math.max(low, high - reach);
    const last = await lastBetween(admin, topic, partition, from, high);
    if (last !== undefined || from === low) return last;
  }
  return undefined;
}

async function lastBetween(
  admin: Admin,
  topic: string,
  partition: number,
  from: number,
  to: number,
): Promise<KafkaMessage | undefined> {
  let last: KafkaMessage | undefined;
  for (let offset = from; offset < to;) {
    const { messages, nextOffset } = await fetchRecords(admin, { topic, partition, offset, maxBytes: FETCH_BYTES });
    last = messages.at(-1) ?? last;
    if (nextOffset <= offset) break;
    offset = nextOffset;
  }
  return last;
}
