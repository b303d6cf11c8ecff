// Before the stream starts: the topics are there, wide enough, and still hold what the group has not scored yet.
import type { Admin, Kafka, KafkaConfig } from 'kafkajs';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { StreamOptions } from '../options.ts';
import { recordsExpired } from '../records-expired.ts';
import { GroupOffsets } from './group-offsets.ts';
import { kafkaError, kafkaUnreachable } from './kafka-error.ts';

/** @throws FraudstreamError naming the topic and what to do about it */
export async function checkTopics(kafka: Kafka, options: StreamOptions): Promise<void> {
  const admin = kafka.admin();
  try {
    await connect(admin, options.kafka);
    const { transactionsTopic, scoresTopic, deadLetterTopic } = options;
    const needed = await partitionsOf(admin, transactionsTopic);
    for (const topic of [scoresTopic, deadLetterTopic]) {
      const partitions = await partitionsOf(admin, topic);
      if (partitions < needed) throw tooNarrow(topic, partitions, transactionsTopic, needed);
    }
    await checkRetention(admin, options);
  } finally {
    await admin.disconnect();
  }
}

async function connect(admin: Admin, config: KafkaConfig): Promise<void> {
  try {
    await admin.connect();
  } catch (error) {
    const known = kafkaError(error);
    throw known instanceof FraudstreamError ? known : kafkaUnreachable(config.brokers, error);
  }
}

async function partitionsOf(admin: Admin, topic: string): Promise<number> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]!.partitions.length;
  } catch (error) {
    throw kafkaError(error, topic);
  }
}

/** kafkajs would silently go on at the oldest record that is left. */
async function checkRetention(admin: Admin, { groupId, transactionsTopic }: StreamOptions): Promise<void> {
  const offsets = new GroupOffsets(() => admin, groupId, transactionsTopic);
  const committed = await offsets.committed();
  for (const { partition, oldest } of await offsets.ends()) {
    const position = committed.get(partition);
    if (position !== undefined && position < oldest) throw recordsExpired(partition, position, oldest);
  }
}

function tooNarrow(topic: string, partitions: number, source: string, needed: number): FraudstreamError {
  const words = `${topic} has ${partitions} partitions, ${source} has ${needed}`;
  return new FraudstreamError('TOPIC_TOO_NARROW', `a score goes to the partition its transaction came from: ${words}`, {
    next: `give ${topic} ${needed} partitions`,
    exitCode: EXIT.config,
  });
}
