// Topics as the commands need them: made where they are missing, refused where they do not fit.
import { Kafka, Partitioners, type Admin, type KafkaConfig } from 'kafkajs';
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { kafkaUnreachable } from '../core/kafka-unreachable.ts';
import { kafkaError } from '../stream/kafka/kafka-error.ts';
import { makeTopics } from '../stream/kafka/make-topics.ts';

export interface TopicNeeds {
  readonly names: readonly string[];
  readonly partitions: number;
}

/** Runs `work` with an admin client. @throws FraudstreamError KAFKA_UNREACHABLE, KAFKA_LOGIN_REFUSED. */
export async function withAdmin<T>(config: KafkaConfig, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka(config).admin();
  try {
    await admin.connect();
  } catch (cause) {
    throw kafkaUnreachable(config.brokers, cause);
  }
  try {
    return await work(admin);
  } catch (error) {
    throw kafkaError(error);
  } finally {
    await admin.disconnect();
  }
}

/** Makes the topics that are missing; a topic that is there keeps its partitions. @throws as `withAdmin` */
export async function createTopics(config: KafkaConfig, { names, partitions }: TopicNeeds): Promise<void> {
  const present = new Set(await withAdmin(config, (admin) => admin.listTopics()));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  await makeTopics(
    new Kafka(config),
    missing.map((topic) => ({ topic, numPartitions: partitions })),
  );
}

/** A new broker makes its transaction log at the first Kafka transaction ever, which takes it a second: better at once. */
export function makeTransactionLog(config: KafkaConfig): Promise<void> {
  return abortTransaction(config, 'fraudstream-first-transaction');
}

/** Begins a Kafka transaction and aborts it, with nothing in it. */
export async function abortTransaction(config: KafkaConfig, transactionalId: string): Promise<void> {
  const producer = new Kafka(config).producer({
    transactionalId,
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  try {
    await producer.connect();
    await (await producer.transaction()).abort();
  } finally {
    await producer.disconnect();
  }
}

/** Where a partition begins and ends now: offsets of its oldest record, and of the next to be written. */
export interface PartitionBounds {
  readonly partition: number;
  readonly start: bigint;
  readonly end: bigint;
}

/** In the order of the partitions. @throws FraudstreamError TOPIC_MISSING. */
export async function topicBounds(admin: Admin, topic: string): Promise<PartitionBounds[]> {
  // Asking kafkajs for the offsets of an absent topic takes seconds and a dozen lines of log.
  if (!(await admin.listTopics()).includes(topic)) throw missing(topic);
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ partition, start: BigInt(low), end: BigInt(high) }))
    .sort((a, b) => a.partition - b.partition);
}

/** Where each partition of a topic ends now. @throws FraudstreamError TOPIC_MISSING. */
export async function endOffsets(admin: Admin, topic: string): Promise<bigint[]> {
  return (await topicBounds(admin, topic)).map(({ end }) => end);
}

function missing(topic: string): FraudstreamError {
  return new FraudstreamError('TOPIC_MISSING', `the topic ${topic} does not exist`, {
    next: 'start `fraudstream consume`, which makes its topics, or name another one',
    exitCode: EXIT.unavailable,
  });
}
