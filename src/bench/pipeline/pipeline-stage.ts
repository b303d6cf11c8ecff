// What the loads of the pipeline's bench work on: topics full of transactions, and a group that is asked how far it is.
import type { ChildProcess } from 'node:child_process';
import { Kafka, Partitioners, type Admin, type KafkaConfig } from 'kafkajs';
import type { Redis } from 'ioredis';
import { GroupOffsets } from '../../stream/kafka/group-offsets.ts';
import { BenchTopics, type StreamNames } from '../stream-names.ts';
import type { PipelineLoad } from './pipeline-load.ts';

export interface PipelineStageParts {
  readonly kafka: KafkaConfig;
  readonly redis: Redis;
  /** Of the broker, where it is a process of this machine. */
  readonly brokerPid: number | undefined;
  /** Starts what works a load off, in a process of its own that ends when its standard input closes. */
  readonly startWorker: (load: PipelineLoad, names: StreamNames) => ChildProcess;
}

/** Sends of some 280 KB. */
const SEND_RECORDS = 1000;

export class PipelineStage {
  readonly parts: PipelineStageParts;
  readonly rows: number;
  readonly #kafka: Kafka;
  readonly #admin: Admin;
  readonly #topics: BenchTopics;

  private constructor(parts: PipelineStageParts, kafka: Kafka, admin: Admin, rows: number) {
    this.parts = parts;
    this.#kafka = kafka;
    this.rows = rows;
    this.#admin = admin;
    this.#topics = new BenchTopics(admin);
  }

  /** Fills a topic for each number of partitions; `values` are sent round and round. */
  static async open(
    parts: PipelineStageParts,
    partitionCounts: Iterable<number>,
    values: readonly Buffer[],
    rows: number,
  ): Promise<PipelineStage> {
    const kafka = new Kafka(parts.kafka);
    const admin = kafka.admin();
    await admin.connect();
    const stage = new PipelineStage(parts, kafka, admin, rows);
    for (const partitions of new Set(partitionCounts)) {
      const names = stage.names(partitions);
      await stage.#topics.create(names, partitions);
      await fill(kafka, names.transactions, partitions, values, rows);
    }
    return stage;
  }

  /** The topics for so many partitions, and a group that nobody was in before. */
  names(partitions: number): StreamNames {
    return this.#topics.names(partitions);
  }

  /** Where the group stands; to be closed. */
  offsets({ groupId, transactions }: StreamNames): GroupOffsets {
    return new GroupOffsets(() => this.#kafka.admin(), groupId, transactions);
  }

  /** Removes the topics. */
  async close(): Promise<void> {
    await this.#topics.remove();
    await this.#admin.disconnect();
  }
}

async function fill(
  kafka: Kafka,
  topic: string,
  partitions: number,
  values: readonly Buffer[],
  rows: number,
): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  for (let from = 0; from < rows; from += SEND_RECORDS) {
    const messages = Array.from({ length: Math.min(SEND_RECORDS, rows - from) }, (_, index) => ({
      key: String(from + index),
      value: values[(from + index) % values.length]!,
      partition: (from + index) % partitions,
    }));
    await producer.send({ topic, messages, acks: -1 });
  }
  await producer.disconnect();
}
