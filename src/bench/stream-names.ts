// The topics and the group of one load, and topics that a bench makes for itself and removes again.
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { makeTopics } from '../stream/kafka/make-topics.ts';
import { PatientAdmin } from '../stream/kafka/patient-admin.ts';

export interface StreamNames {
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
  readonly groupId: string;
}

export class BenchTopics {
  readonly #kafka: Kafka;
  readonly #base = `fraudstream-bench-${randomUUID().slice(0, 8)}`;
  readonly #topics = new Set<string>();

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
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
    await makeTopics(
      this.#kafka,
      topics.map((topic) => ({ topic, numPartitions: partitions })),
    );
  }

  /** Removes all that were made. */
  async remove(): Promise<void> {
    const topics = [...this.#topics];
    if (topics.length === 0) return;
    const admin = new PatientAdmin(() => this.#kafka.admin());
    await admin.ask(topics.join(', '), (open) => open.deleteTopics({ topics })).finally(() => admin.close());
    this.#topics.clear();
  }
}
