// Last step of a replay: records onto their partitions of the topic, each once, through an idempotent producer.
import type { Admin, KafkaConfig, Producer } from 'kafkajs';
import { Kafka, Partitioners } from 'kafkajs';
import { EXIT, FraudstreamError, messageOf } from '../src/core/errors.ts';
import { isDenied, kafkaRefusal } from '../src/core/kafka-refusal.ts';
import { kafkaUnreachable } from '../src/core/kafka-unreachable.ts';
import type { SentTrace } from '../src/telemetry/traces/sent-traces.ts';

export interface OutgoingRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly partition: number;
  /** Milliseconds since the epoch. */
  readonly timestampMs: number;
  /** Of the trace that began with it. */
  readonly trace?: SentTrace | undefined;
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

/** @throws FraudstreamError where no broker answers or lets this user in, or the topic does not exist. */
export async function openTopicWriter(config: KafkaConfig, topic: string): Promise<TopicWriter> {
  const { brokers } = config;
  const partitions = await partitionsOf(new Kafka({ ...config, retry: START_RETRY }).admin(), topic, brokers);
  const producer = new Kafka({ ...config, retry: WRITE_RETRY }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // Never asked, since every record names its partition: a retry that chose again could write a record twice.
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect().catch((cause: unknown) => Promise.reject(kafkaUnreachable(brokers, cause)));
  // Nothing to write: the producer learns where the partitions are before the first record is due.
  await write(producer, topic, []);
  return {
    partitions,
    write: (records) => write(producer, topic, records),
    close: () => producer.disconnect(),
  };
}

async function partitionsOf(admin: Admin, topic: string, brokers: unknown): Promise<number> {
  try {
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]!.partitions.length;
  } catch (cause) {
    if (isDenied(cause)) throw denied(topic, cause);
    throw kafkaRefusal(cause) === 'UNKNOWN_TOPIC_OR_PARTITION'
      ? noSuchTopic(topic, cause)
      : kafkaUnreachable(brokers, cause);
  } finally {
    await admin.disconnect();
  }
}

async function write(producer: Producer, topic: string, records: readonly OutgoingRecord[]): Promise<void> {
  const messages = records.map(({ key, value, partition, timestampMs, trace }) => ({
    key,
    value,
    partition,
    timestamp: String(Math.floor(timestampMs)),
    ...(trace === undefined ? {} : { headers: trace.headers }),
  }));
  try {
    await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] });
  } catch (cause) {
    throw isDenied(cause) ? denied(topic, cause) : notWritten(topic, cause);
  }
}

function denied(topic: string, cause: unknown): FraudstreamError {
  const words = `Kafka does not let this user write to the topic ${topic}: ${messageOf(cause)}`;
  return new FraudstreamError('KAFKA_ACCESS_DENIED', words, {
    next: 'give it Write and Describe on the topic (docs/security.md)',
    exitCode: EXIT.config,
    cause,
  });
}

function notWritten(topic: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('TOPIC_WRITE_FAILED', `cannot write to the topic ${topic}: ${messageOf(cause)}`, {
    next: 'bring the broker back and replay again; what stands in the topic stays',
    exitCode: EXIT.unavailable,
    cause,
  });
}

function noSuchTopic(topic: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('TOPIC_MISSING', `the topic ${topic} does not exist`, {
    next: 'start fraudstream consume, which makes its topics, or create it (as many partitions as consumers at most)',
    exitCode: EXIT.unavailable,
    cause,
  });
}
