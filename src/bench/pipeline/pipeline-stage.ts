// What the loads of the pipeline's bench work on: topics full of transactions, and a group that is asked how far it is.
import type { ChildProcess } from 'node:child_process';
import { Kafka, Partitioners, type KafkaConfig } from 'kafkajs';
import type { Redis } from 'ioredis';
import { GroupOffsets } from '../../stream/kafka/group-offsets.ts';
import { BenchTopics, type StreamNames } from '../stream-names.ts';
import type { PipelineLoad } from './pipeline-load.ts';
import { sendRows } from './send-rows.ts';

export interface PipelineStageParts {
  readonly kafka: KafkaConfig;
  readonly redis: Redis;
  /** Of the broker, where it is a process of this machine. */
  readonly brokerPid: number | undefined;
  /** Starts what works a load off, in a process of its own that ends when its standard input closes. */
  readonly startWorker: (load: PipelineLoad, names: StreamNames) => ChildProcess;
}

export class PipelineStage {
  readonly parts: PipelineStageParts;
  readonly rows: number;
  readonly #kafka: Kafka;
  readonly #topics: BenchTopics;

  private constructor(parts: PipelineStageParts, kafka: Kafka, rows: number) {
    this.parts = parts;
    this.#kafka = kafka;
    this.rows = rows;
    this.#topics = new BenchTopics(kafka);
  }

  /** Fills a topic for each number of partitions; `values` are sent round and round. */
  static async open(
    parts: PipelineStageParts,
    partitionCounts: Iterable<number>,
    values: readonly Buffer[],
    rows: number,
  ): Promise<PipelineStage> {
    const kafka = new Kafka(parts.kafka);
    const stage = new PipelineStage(parts, kafka, rows);
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
  await sendRows(producer, topic, partitions, values, rows);
  await producer.disconnect();
}
