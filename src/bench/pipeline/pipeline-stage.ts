// What the loads of the pipeline's bench work on: topics full of transactions, and a group that is asked how far it is.
import { randomUUID } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { Kafka, Partitioners, type Admin, type KafkaConfig } from 'kafkajs';
import type { Redis } from 'ioredis';
import { GroupOffsets } from '../../stream/kafka/group-offsets.ts';
import type { PipelineLoad } from './pipeline-load.ts';

export interface StreamNames {
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
  readonly groupId: string;
}

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
  readonly #name = `fraudstream-bench-${randomUUID().slice(0, 8)}`;
  readonly #topics = new Set<string>();

  private constructor(parts: PipelineStageParts, kafka: Kafka, admin: Admin, rows: number) {
    this.parts = parts;
    this.#kafka = kafka;
    this.rows = rows;
    this.#admin = admin;
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
      await stage.#createTopics(names, partitions);
      await fill(kafka, names.transactions, partitions, values, rows);
    }
    return stage;
  }

  /** The topics for so many partitions, and a group that nobody was in before. */
  names(partitions: number): StreamNames {
    const base = `${this.#name}-${partitions}`;
    return {
      transactions: `${base}.transactions`,
      scores: `${base}.scores`,
      deadLetters: `${base}.dlt`,
      groupId: `${base}-${randomUUID().slice(0, 8)}`,
    };
  }

  /** Where the group stands; to be closed. */
  offsets({ groupId, transactions }: StreamNames): GroupOffsets {
    return new GroupOffsets(() => this.#kafka.admin(), groupId, transactions);
  }

  /** Removes the topics. */
  async close(): Promise<void> {
    await this.#admin.deleteTopics({ topics: [...this.#topics] });
    await this.#admin.disconnect();
  }

  async #createTopics({ transactions, scores, deadLetters }: StreamNames, partitions: number): Promise<void> {
    const topics = [transactions, scores, deadLetters];
    for (const topic of topics) this.#topics.add(topic);
    await this.#admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic, numPartitions: partitions })),
    });
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
