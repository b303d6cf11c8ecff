// Takes back what live history kept of a topic: the group of the next run is another one, and may not write there.
import type { Redis } from 'ioredis';
import { HistoryKeys } from '../stream/history/history-keys.ts';

const AT_ONCE = 1_000;

/** Kept for whole partitions, by consumers that have ended. */
export async function removeHistory(redis: Redis, tag: string, topic: string, partitions: number): Promise<void> {
  for (let partition = 0; partition < partitions; partition++) {
    const keys = new HistoryKeys(tag, { topic, partition });
    const entries = keys.entriesOf(await redis.zrangeBuffer(keys.order, '0', '-1'));
    for (let from = 0; from < entries.length; from += AT_ONCE)
      await redis.del(entries.slice(from, from + AT_ONCE).map((entry) => keys.reference(entry)));
    await redis.del(keys.set(undefined), keys.order, keys.mark);
  }
}
