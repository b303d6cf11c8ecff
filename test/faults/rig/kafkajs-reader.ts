// Reads a topic with kafkajs, as programs of ours and of others do: committed records, or all that were ever written.
import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';

const QUIET_MS = 1_500;
const POLL_MS = 20;
const READ_MS_MAX = 30_000;

/** `partition offset` of every record of the topic. */
export async function readWithKafkajs(kafka: Kafka, topic: string, committedOnly: boolean): Promise<string[]> {
  const groupId = `${topic}.${committedOnly ? 'committed' : 'all'}`;
  const consumer = kafka.consumer({ groupId, readUncommitted: !committedOnly, maxWaitTimeInMs: 100 });
  const places: string[] = [];
  const startMs = Date.now();
  let lastMs = Infinity;
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ partition, message }) => {
      places.push(`${partition} ${message.offset}`);
      lastMs = Date.now();
      return Promise.resolve();
    },
  });
  while (Date.now() - lastMs < QUIET_MS || (lastMs === Infinity && Date.now() - startMs < READ_MS_MAX)) {
    await delay(POLL_MS);
  }
  await consumer.disconnect();
  return places.sort();
}
