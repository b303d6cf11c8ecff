// What the loads of the bench of scale work on: a topic for each, whose transactions all show at once.
import { randomUUID } from 'node:crypto';
import { Kafka, Partitioners, type Admin, type KafkaConfig } from 'kafkajs';
import { GroupOffsets } from '../../stream/kafka/group-offsets.ts';
import { sendRows } from '../pipeline/send-rows.ts';
import { BenchTopics, type StreamNames } from '../stream-names.ts';
import { PARTITIONS } from './scale-load.ts';

export interface ScaleStageParts {
  readonly kafka: KafkaConfig;
  /** Of the broker, where it is a process of this machine. */
  readonly brokerPid: number | undefined;
  /** Sent round and round. */
  readonly values: readonly Buffer[];
  readonly rows: number;
}

/** The most that brokers allow unless told. */
const OPEN_MS_MAX = 900_000;

export class ScaleStage {
  readonly parts: ScaleStageParts;
  readonly #kafka: Kafka;
  readonly #admin: Admin;
  readonly #topics: BenchTopics;
  #loads = 0;

  private constructor(parts: ScaleStageParts, kafka: Kafka, admin: Admin) {
    this.parts = parts;
    this.#kafka = kafka;
    this.#admin = admin;
    this.#topics = new BenchTopics(kafka);
  }

  static async open(parts: ScaleStageParts): Promise<ScaleStage> {
    const kafka = new Kafka(parts.kafka);
    const admin = kafka.admin();
    await admin.connect();
    return new ScaleStage(parts, kafka, admin);
  }

  /** Topics that nothing was on before. */
  async freshTopics(): Promise<StreamNames> {
    this.#loads += 1;
    const names = this.#topics.names(`scale-${this.#loads}`);
    await this.#topics.create(names, PARTITIONS);
    return names;
  }

  /** Writes all transactions in one Kafka transaction: nobody sees the first of them before `ready` has resolved. */
  async fill<Answer>({ transactions }: StreamNames, ready: () => Promise<Answer>): Promise<Answer> {
    const producer = this.#kafka.producer({
      transactionalId: `${transactions}-${randomUUID().slice(0, 8)}`,
      transactionTimeout: OPEN_MS_MAX,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    try {
      const transaction = await producer.transaction();
      await sendRows(transaction, transactions, PARTITIONS, this.parts.values, this.parts.rows);
      const answer = await ready();
      await transaction.commit();
      return answer;
    } finally {
      await producer.disconnect();
    }
  }

  /** Whether the group has so many members, and each has its partitions. */
  async hasSettled({ groupId }: StreamNames, members: number): Promise<boolean> {
    const { groups } = await this.#admin.describeGroups([groupId]);
    return groups.every((group) => group.state === 'Stable' && group.members.length === members);
  }

  /** Where the group stands; to be closed. */
  offsets({ groupId, transactions }: StreamNames): GroupOffsets {
    return new GroupOffsets(() => this.#kafka.admin(), groupId, transactions);
  }

  /** They take room, and there is one for each load. */
  removeTopics(): Promise<void> {
    return this.#topics.remove();
  }

  async close(): Promise<void> {
    await this.#topics.remove();
    await this.#admin.disconnect();
  }
}
