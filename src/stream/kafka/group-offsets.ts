// Where the group stands in a topic, asked of the brokers each time: caches are how records get lost or doubled.
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, KafkaMessage } from 'kafkajs';
import { NEVER, NOBODY, type CommittedOffset } from './commit-mark.ts';
import { kafkaError } from './kafka-error.ts';
import { lastRecord, type RecordAdmin } from './last-record.ts';
import { withDeadline } from './with-deadline.ts';

const CLOSE_MS_MAX = 1_000;
const ATTEMPTS_MAX = 50;
const ATTEMPT_EVERY_MS = 100;

export interface PartitionOffsets {
  readonly partition: number;
  readonly oldest: number;
  /** The offset that the next record will get. */
  readonly end: number;
}

export class GroupOffsets {
  readonly #open: () => Admin;
  readonly #groupId: string;
  readonly #topic: string;
  #admin: Promise<Admin> | undefined;

  constructor(open: () => Admin, groupId: string, topic: string) {
    this.#open = open;
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
    return this.#ask((admin) => lastRecord(admin as RecordAdmin, topic, partition));
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

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    if (admin !== undefined)
      await withDeadline(
        admin.then((open) => open.disconnect()),
        CLOSE_MS_MAX,
      );
  }

  /** kafkajs leaves it to us to ask again while a coordinator moves or loads, as it does on a broker that just started. */
  async #ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#admin ??= connected(this.#open());
        return await question(await this.#admin);
      } catch (error) {
        // A connection that failed once is not asked again.
        await this.close();
        if (attempt === ATTEMPTS_MAX || (error as { retriable?: boolean }).retriable !== true) {
          throw kafkaError(error, this.#topic);
        }
        await delay(ATTEMPT_EVERY_MS);
      }
    }
  }
}

const nameOf = (metadata: string | null): string => (metadata === null || metadata === '' ? NOBODY : metadata);

async function connected(admin: Admin): Promise<Admin> {
  await admin.connect();
  return admin;
}
