// Where one row of the table is played: topics, group and input of its own, consumers, and a reader that watches throughout.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { Kafka, logLevel, type Admin } from 'kafkajs';
import { makeTopics } from '../../../src/stream/kafka/make-topics.ts';
import type { Random } from '../../../producers/random.ts';
import type { OutputRecord } from './console-record.ts';
import { ConsumerSlot } from './consumer-slot.ts';
import { Feed, sampleTransactions, type MakeValue } from './input.ts';
import { Progress } from './progress.ts';
import type { Rig } from './rig.ts';
import { TopicReader } from './topic-reader.ts';

export interface StageOptions {
  readonly name: string;
  readonly random: Random;
  readonly partitions?: number;
  readonly make?: MakeValue;
  /** Settings of the consumers beside those that every row has. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

export const PARTITIONS = 4;
const POLL_MS = 5;
const STUCK_MS_MAX = 180_000;
const QUIET_MS = 1_500;
const READ_AGAIN_MS_MAX = 20_000;

export class Stage {
  readonly rig: Rig;
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
  readonly group: string;
  readonly feed: Feed;
  readonly progress: Progress;
  readonly reader: TopicReader;
  readonly consumers: ConsumerSlot[] = [];
  readonly kafka: Kafka;
  readonly partitions: number;
  readonly #options: StageOptions;

  static async open(rig: Rig, options: StageOptions): Promise<Stage> {
    const stage = new Stage(rig, options);
    const { transactions, scores, deadLetters } = stage;
    const numPartitions = stage.partitions;
    await makeTopics(
      stage.kafka,
      [transactions, scores, deadLetters].map((topic) => ({ topic, numPartitions })),
    );
    return stage;
  }

  private constructor(rig: Rig, options: StageOptions) {
    const { partitions = PARTITIONS } = options;
    this.rig = rig;
    this.partitions = partitions;
    this.#options = options;
    this.transactions = `${options.name}.transactions`;
    this.scores = `${options.name}.scores`;
    this.deadLetters = `${options.name}.dead-letters`;
    this.group = options.name;
    this.kafka = new Kafka({ clientId: 'faults', brokers: [rig.kafka.brokers], logLevel: logLevel.NOTHING });
    this.feed = new Feed(this.kafka, this.transactions, partitions, options.make ?? sampleTransactions(options.random));
    this.progress = new Progress(partitions, this.feed);
    this.reader = new TopicReader(rig.kafka, [this.scores, this.deadLetters], (record) => this.progress.add(record));
  }

  get outcomes(): readonly OutputRecord[] {
    return this.reader.records;
  }

  /** Everything that was written has come out. */
  get isDrained(): boolean {
    return this.outcomes.length >= this.feed.sent.length;
  }

  async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** Settings of one topic. */
  configure(topic: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }];
    return this.withAdmin(async (admin) => {
      await admin.alterConfigs({ validateOnly: false, resources });
    });
  }

  /** Starts another member of the group. */
  addConsumer(environment: Readonly<Record<string, string>> = {}): ConsumerSlot {
    const slot = new ConsumerSlot({
      words: ['consume'],
      logFile: join(this.rig.folder, `${this.#options.name}.${this.consumers.length + 1}.log`),
      nodeArguments: this.#options.nodeArguments ?? [],
      environment: {
        KAFKA_BROKERS: this.rig.kafka.brokers,
        REDISAI_URL: this.rig.engine.url,
        TRANSACTIONS_TOPIC: this.transactions,
        SCORES_TOPIC: this.scores,
        DEAD_LETTER_TOPIC: this.deadLetters,
        GROUP_ID: this.group,
        SESSION_TIMEOUT_MS: '4000',
        // Small Kafka transactions, so that faults fall into every part of one.
        BATCH_RECORDS_MAX: '25',
        ...this.#options.environment,
        ...environment,
      },
    });
    this.consumers.push(slot);
    slot.start();
    return slot;
  }

  /** @throws Error when it does not happen for minutes: the consumers are stuck. */
  async until(condition: () => boolean, what: string, msMax: number = STUCK_MS_MAX): Promise<void> {
    const deadline = performance.now() + msMax;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`not within ${msMax / 1000} s: ${what}`);
      if (this.reader.failure !== undefined) throw this.reader.failure;
      await delay(POLL_MS);
    }
  }

  untilOutcomes(count: number): Promise<void> {
    return this.until(() => this.outcomes.length >= count, `${count} outcomes (there are ${this.outcomes.length})`);
  }

  /** Waits until every partition that has input left goes on. @returns milliseconds from the fault to then */
  async recovery(faultMs: number): Promise<number> {
    await this.until(() => this.progress.recoveredMs(faultMs) !== undefined, 'all partitions going on after a fault');
    return this.progress.recoveredMs(faultMs)! - faultMs;
  }

  /** Everything out, and nothing more coming. */
  async untilDone(): Promise<void> {
    await this.untilOutcomes(this.feed.sent.length);
    await this.until(() => Date.now() - this.reader.lastRecordMs > QUIET_MS, 'quiet');
  }

  async stopConsumers(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }

  /** The whole of both output topics by a reader that was not there during the faults. */
  async readAgain(): Promise<readonly OutputRecord[]> {
    const again = new TopicReader(this.rig.kafka, [this.scores, this.deadLetters]);
    const startMs = Date.now();
    const isOver = (): boolean => {
      const quietMs = Date.now() - again.lastRecordMs;
      const allThere = again.records.length >= this.outcomes.length;
      return (allThere && quietMs > QUIET_MS) || Date.now() - startMs > READ_AGAIN_MS_MAX + again.records.length;
    };
    while (!isOver()) await delay(POLL_MS);
    await again.stop();
    if (again.failure !== undefined) throw again.failure;
    return again.records;
  }

  async close(): Promise<void> {
    await this.stopConsumers();
    await this.reader.stop();
  }
}
