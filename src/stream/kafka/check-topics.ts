// Before the stream starts: the topics are there, wide enough, and still hold what the group has not scored yet.
import type { Admin, Kafka } from 'kafkajs';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { kafkaUnreachable } from '../../core/kafka-unreachable.ts';
import type { StreamOptions } from '../options.ts';
import { recordsExpired } from '../records-expired.ts';
import { GroupOffsets } from './group-offsets.ts';
import { kafkaError } from './kafka-error.ts';

/** @throws FraudstreamError naming the topic and what to do about it */
export async function checkTopics(kafka: Kafka, options: StreamOptions): Promise<void> {
  const admin = kafka.admin();
  const offsets = new GroupOffsets(() => kafka.admin(), options.groupId, options.transactionsTopic);
  try {
    await admin.connect();
    const { transactionsTopic, scoresTopic, deadLetterTopic } = options;
    const needed = await partitionsOf(admin, transactionsTopic);
    for (const topic of [scoresTopic, deadLetterTopic]) {
      const partitions = await partitionsOf(admin, topic);
      if (partitions < needed) throw tooNarrow(topic, partitions, transactionsTopic, needed);
    }
    await checkRetention(offsets);
  } catch (error) {
    const known = kafkaError(error);
    throw known instanceof FraudstreamError ? known : kafkaUnreachable(options.kafka.brokers, error);
  } finally {
    await Promise.all([admin.disconnect(), offsets.close()]);
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
async function checkRetention(offsets: GroupOffsets): Promise<void> {
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
