// The topics and the group of one load, and topics that a bench makes for itself and removes again.
import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';

export interface StreamNames {
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
  readonly groupId: string;
}

export class BenchTopics {
  readonly #admin: Admin;
  readonly #base = `fraudstream-bench-${randomUUID().slice(0, 8)}`;
  readonly #topics = new Set<string>();

  constructor(admin: Admin) {
    this.#admin = admin;
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
    await this.#admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic, numPartitions: partitions })),
    });
  }

  /** Removes all that were made. */
  async remove(): Promise<void> {
    if (this.#topics.size > 0) await this.#admin.deleteTopics({ topics: [...this.#topics] });
    this.#topics.clear();
  }
}
