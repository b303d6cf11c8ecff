// A stage for one test file: the shared Kafka and engine, with topics, group and keys of its own.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type IHeaders } from 'kafkajs';
import { describe, inject } from 'vitest';
import { makeTopics } from '../../src/stream/kafka/make-topics.ts';
import { eventually } from './eventually.ts';

/** `describe`, skipped with the reason in its name where there is no Kafka to be had. */
export function describeWithKafka(name: string, body: () => void): void {
  const absent = inject('absent');
  if (absent === '') describe(name, body);
  else describe.skip(`${name} [skipped: ${absent}]`, body);
}

export interface ReadRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: IHeaders;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

export class Stage {
  readonly brokers = inject('brokers');
  readonly redisaiUrl = inject('redisaiUrl');
  readonly tag: string;
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
  readonly kafka: Kafka;

  constructor(name: string) {
    this.tag = `${name}-${randomUUID().slice(0, 8)}`;
    this.transactions = `${this.tag}.transactions`;
    this.scores = `${this.tag}.scores`;
    this.deadLetters = `${this.tag}.dlt`;
    this.kafka = new Kafka({ brokers: this.brokers.split(','), logLevel: logLevel.NOTHING });
  }

  /** What makes any command of the CLI play on this stage. */
  get environment(): Record<string, string> {
    return {
      KAFKA_BROKERS: this.brokers,
      REDISAI_URL: this.redisaiUrl,
      HASH_TAG: this.tag,
      TRANSACTIONS_TOPIC: this.transactions,
      SCORES_TOPIC: this.scores,
      DEAD_LETTER_TOPIC: this.deadLetters,
      GROUP_ID: this.tag,
    };
  }

  async createTopics(partitions = 4): Promise<void> {
    const topics = [this.transactions, this.scores, this.deadLetters];
    await makeTopics(
      this.kafka,
      topics.map((topic) => ({ topic, numPartitions: partitions })),
    );
  }

  /** Reads a topic from its beginning until `count` committed records have come. */
  async read(topic: string, count: number): Promise<ReadRecord[]> {
    const consumer = this.kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
    const records: ReadRecord[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ message, partition }) => {
        const { key, value, headers } = message;
        records.push({
          key: key?.toString() ?? '',
          value: value ?? Buffer.alloc(0),
          headers: headers ?? {},
          partition,
          offset: Number(message.offset),
          timestamp: Number(message.timestamp),
        });
        return Promise.resolve();
      },
    });
    try {
      await eventually(() => records.length >= count, 60_000);
    } finally {
      await consumer.disconnect();
    }
    return records;
  }
}
