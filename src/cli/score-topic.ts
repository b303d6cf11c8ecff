// The scores topic from its beginning, committed records only, in a group of its own that goes with the reader.
import { randomUUID } from 'node:crypto';
import { Kafka, type KafkaConfig } from 'kafkajs';
import { untilAborted } from './interruption.ts';
import { topicBounds, withAdmin } from './topics.ts';

export interface ScoreTopicOptions {
  readonly topic: string;
  /** Goes on with what comes until `signal` aborts; otherwise ends where the topic ends now. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** Hands each value to `take`, which must not throw. @throws FraudstreamError TOPIC_MISSING, KAFKA_UNREACHABLE */
export async function readScoreTopic(
  config: KafkaConfig,
  { topic, follow, signal }: ScoreTopicOptions,
  take: (value: Buffer) => void,
): Promise<void> {
  const groupId = `fraudstream-scores-${randomUUID()}`;
  const unread = await unreadPartitions(config, topic);
  const consumer = new Kafka(config).consumer({ groupId, maxWaitTimeInMs: 100 });
  const allRead = new Promise<void>((resolve, reject) => {
    if (unread.size === 0) resolve();
    // Told of control records too, which end every partition that is written in Kafka transactions.
    consumer.on('consumer.end_batch_process', ({ payload: { partition, lastOffset } }) => {
      const end = unread.get(partition);
      if (end !== undefined && BigInt(lastOffset) + 1n >= end) unread.delete(partition);
      if (unread.size === 0) resolve();
    });
    consumer.on('consumer.crash', ({ payload }) => {
      if (!payload.restart) reject(payload.error);
    });
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ message }) => {
      if (message.value !== null) take(message.value);
      return Promise.resolve();
    },
  });
  const stopped = untilAborted(signal);
  await Promise.race([stopped, follow ? allRead.then(() => stopped) : allRead]).finally(() => consumer.disconnect());
  await withAdmin(config, (admin) => admin.deleteGroups([groupId]));
}

/** Partitions that hold something, with their ends. */
async function unreadPartitions(config: KafkaConfig, topic: string): Promise<Map<number, bigint>> {
  const bounds = await withAdmin(config, (admin) => topicBounds(admin, topic));
  const held = bounds.filter(({ start, end }) => end > start);
  return new Map(held.map(({ partition, end }) => [partition, end]));
}
