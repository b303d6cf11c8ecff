// The topics and the group of one load, and topics that a bench makes for itself and removes again.
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { PatientAdmin } from '../stream/kafka/patient-admin.ts';

export interface StreamNames {
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
  readonly groupId: string;
}

export class BenchTopics {
  readonly #admin: PatientAdmin;
  readonly #base = `fraudstream-bench-${randomUUID().slice(0, 8)}`;
  readonly #topics = new Set<string>();

  constructor(kafka: Kafka) {
    this.#admin = new PatientAdmin(() => kafka.admin());
  }

  /** The topics that go by this word, and a group that nobody was in before. */
  names(word: string | number): StreamNames {
    const base = `${this.#base}-${word}`;
    return {
      transactions: `${base}.transactions`,
      scores: `${base}.scores`,
      deadLetters: `${base}.dlt`,
      groupId: `${base}-${randomUUID().slice(0, 8)}`,
    };
  }

  async create({ transactions, scores, deadLetters }: StreamNames, partitions: number): Promise<void> {
    const topics = [transactions, scores, deadLetters];
    for (const topic of topics) this.#topics.add(topic);
    await this.#admin.ask(transactions, (admin) =>
      admin.createTopics({
        waitForLeaders: true,
        topics: topics.map((topic) => ({ topic, numPartitions: partitions })),
      }),
    );
    // A broker under load does not know at once what it has just made; asked again, it makes nothing and waits for nothing.
    await this.#admin.ask(transactions, (admin) => admin.fetchTopicMetadata({ topics }));
  }

  /** Removes all that were made. */
  async remove(): Promise<void> {
    const topics = [...this.#topics];
    if (topics.length > 0) await this.#admin.ask(topics[0]!, (admin) => admin.deleteTopics({ topics }));
    this.#topics.clear();
  }

  /** Removes what is left of them. */
  async close(): Promise<void> {
    await this.remove();
    await this.#admin.close();
  }
}
