// Where the group stands in a topic, asked of the brokers each time: caches are how records get lost or doubled.
import type { Admin, KafkaMessage } from 'kafkajs';
import { NEVER, NOBODY, type CommittedOffset } from './commit-mark.ts';
import { lastRecord } from './last-record.ts';
import { PatientAdmin } from './patient-admin.ts';

export interface PartitionOffsets {
  readonly partition: number;
  readonly oldest: number;
  /** The offset that the next record will get. */
  readonly end: number;
}

export class GroupOffsets {
  readonly #admin: PatientAdmin;
  readonly #groupId: string;
  readonly #topic: string;

  constructor(open: () => Admin, groupId: string, topic: string) {
    this.#admin = new PatientAdmin(open);
    this.#groupId = groupId;
    this.#topic = topic;
  }

  /** The committed offset, or the oldest record there is where nothing was ever committed. */
  async position(partition: number): Promise<CommittedOffset> {
    const committed = (await this.#committed()).get(partition);
    return committed ?? { offset: await this.oldest(partition), name: NEVER };
  }

  async oldest(partition: number): Promise<number> {
    const offsets = (await this.ends()).find((entry) => entry.partition === partition);
    if (offsets === undefined) throw new Error(`partition ${partition} of ${this.#topic} is not known`);
    return offsets.oldest;
  }

  /** Partitions without a committed offset are left out. */
  async committed(): Promise<ReadonlyMap<number, number>> {
    return new Map([...(await this.#committed())].map(([partition, { offset }]) => [partition, offset]));
  }

  /** The newest committed record of another topic's partition. */
  lastRecord(topic: string, partition: number): Promise<KafkaMessage | undefined> {
    return this.#admin.ask(topic, (admin) => lastRecord(admin, topic, partition));
  }

  async #committed(): Promise<ReadonlyMap<number, CommittedOffset>> {
    const topics = await this.#ask((admin) => admin.fetchOffsets({ groupId: this.#groupId, topics: [this.#topic] }));
    const partitions = topics.find(({ topic }) => topic === this.#topic)?.partitions ?? [];
    const known = partitions.map(
      ({ partition, offset, metadata }) => [partition, { offset: Number(offset), name: nameOf(metadata) }] as const,
    );
    return new Map(known.filter(([, { offset }]) => offset >= 0));
  }

  async ends(): Promise<readonly PartitionOffsets[]> {
    const partitions = await this.#ask((admin) => admin.fetchTopicOffsets(this.#topic));
    return partitions.map(({ partition, low, high }) => ({ partition, oldest: Number(low), end: Number(high) }));
  }

  close(): Promise<void> {
    return this.#admin.close();
  }

  #ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    return this.#admin.ask(this.#topic, question);
  }
}

const nameOf = (metadata: string | null): string => (metadata === null || metadata === '' ? NOBODY : metadata);
