// Last step of a replay: records onto their partitions of the topic, each once, through an idempotent producer.
import type { Admin, KafkaConfig, Producer } from 'kafkajs';
import { Kafka, Partitioners } from 'kafkajs';
import { EXIT, FraudstreamError, fraudstreamErrorIn, messageOf } from '../src/core/errors.ts';

export interface OutgoingRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly partition: number;
  /** Milliseconds since the epoch. */
  readonly timestampMs: number;
}

export interface TopicWriter {
  readonly partitions: number;
  /** Resolves when every replica in sync has the records. Call it again only then. */
  write(records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** A broker that is away is asked again for about 3 seconds before the start, for about 80 once records flow. */
const START_RETRY = { initialRetryTime: 100, retries: 5, maxRetryTime: 2000 };
const WRITE_RETRY = { initialRetryTime: 50, retries: 18, maxRetryTime: 3000 };

/** @throws FraudstreamError where no broker answers or the topic does not exist. */
export async function openTopicWriter(config: KafkaConfig, topic: string): Promise<TopicWriter> {
  const addresses = Array.isArray(config.brokers) ? config.brokers.join(', ') : 'the brokers';
  const partitions = await partitionsOf(new Kafka({ ...config, retry: START_RETRY }).admin(), topic, addresses);
  const producer = new Kafka({ ...config, retry: WRITE_RETRY }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // Never asked, since every record names its partition: a retry that chose again could write a record twice.
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect().catch((cause: unknown) => Promise.reject(unreachable(addresses, cause)));
  // Nothing to write: the producer learns where the partitions are before the first record is due.
  await write(producer, topic, []);
  return {
    partitions,
    write: (records) => write(producer, topic, records),
    close: () => producer.disconnect(),
  };
}

async function partitionsOf(admin: Admin, topic: string, addresses: string): Promise<number> {
  try {
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]!.partitions.length;
  } catch (cause) {
    throw (cause as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION'
      ? noSuchTopic(topic, addresses, cause)
      : unreachable(addresses, cause);
  } finally {
    await admin.disconnect();
  }
}

async function write(producer: Producer, topic: string, records: readonly OutgoingRecord[]): Promise<void> {
  const messages = records.map(({ key, value, partition, timestampMs }) => ({
    key,
    value,
    partition,
    timestamp: String(Math.floor(timestampMs)),
  }));
  try {
    await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] });
  } catch (cause) {
    throw new FraudstreamError('TOPIC_WRITE_FAILED', `cannot write to the topic ${topic}: ${messageOf(cause)}`, {
      next: 'bring the broker back and replay again; what stands in the topic stays',
      exitCode: EXIT.unavailable,
      cause,
    });
  }
}

function unreachable(addresses: string, cause: unknown): FraudstreamError {
  const own = fraudstreamErrorIn(cause);
  if (own !== undefined) return own;
  return new FraudstreamError('KAFKA_UNREACHABLE', `no Kafka broker answers at ${addresses}: ${messageOf(cause)}`, {
    next: 'start one, or name yours in KAFKA_BROKERS',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}

function noSuchTopic(topic: string, addresses: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('TOPIC_MISSING', `the topic ${topic} does not exist at ${addresses}`, {
    next: 'create it (as many partitions as consumers you want to run at most), or name another one',
    exitCode: EXIT.unavailable,
    cause,
  });
}
