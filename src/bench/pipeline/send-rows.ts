// Fills a topic: the same transactions round and round, and partition after partition.
import type { Sender } from 'kafkajs';

/** Sends of some 280 KB. */
const SEND_RECORDS = 1000;

export async function sendRows(
  sender: Pick<Sender, 'send'>,
  topic: string,
  partitions: number,
  values: readonly Buffer[],
  rows: number,
): Promise<void> {
  for (let from = 0; from < rows; from += SEND_RECORDS) {
    const messages = Array.from({ length: Math.min(SEND_RECORDS, rows - from) }, (_, index) => ({
      key: String(from + index),
      value: values[(from + index) % values.length]!,
      partition: (from + index) % partitions,
    }));
    await sender.send({ topic, messages, acks: -1 });
  }
}
