// Transactions for a row of the table: rows of the sample under ids of their own, drawn from the seed.
import { readFileSync } from 'node:fs';
import type { Kafka } from 'kafkajs';
import { CompressionTypes, Partitioners } from 'kafkajs';
import type { Random } from '../../../producers/random.ts';
import { encodeTransaction } from '../../../src/contracts/transaction.ts';
import { packageFile } from '../../../src/core/package-root.ts';
import type { InputRecord } from '../oracle.ts';
import { REFERENCES } from './engine-process.ts';

/** Written to one partition, then to the next. */
export const CHUNK = 125;

/** Value of the transaction number `index`; rows of the sample come again, their ids do not. */
export type MakeValue = (index: number) => Buffer | null;

/** Rows behind the references, so that most transactions have ten of them. */
export function sampleTransactions(random: Random): (index: number) => Buffer {
  const lines = readFileSync(packageFile('data', 'transactions.sample.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const rows = lines.slice(REFERENCES).map((line) => line.split(',').map((text) => Number(text.replaceAll('"', ''))));
  return (index) => {
    const row = rows[random.whole(0, rows.length - 1)]!;
    return encodeTransaction({ transactionId: `t-${index}`, values: row.slice(0, 30), label: row[30] ?? null });
  };
}

export class Feed {
  readonly sent: InputRecord[] = [];
  readonly #kafka: Kafka;
  readonly #topic: string;
  readonly #partitions: number;
  readonly #make: MakeValue;
  readonly #perPartition: number[];
  #next = 0;

  constructor(kafka: Kafka, topic: string, partitions: number, make: MakeValue) {
    this.#kafka = kafka;
    this.#topic = topic;
    this.#partitions = partitions;
    this.#make = make;
    this.#perPartition = new Array<number>(partitions).fill(0);
  }

  sentTo(partition: number): number {
    return this.#perPartition[partition]!;
  }

  /** Writes `count` more, spread over the partitions; resolves when the broker has them all. */
  async write(count: number): Promise<void> {
    const producer = this.#kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    for (let left = count; left > 0; left -= CHUNK) {
      const partition = Math.floor(this.#next / CHUNK) % this.#partitions;
      const values = Array.from({ length: Math.min(left, CHUNK) }, () => this.#make(this.#next++));
      await this.#send(producer, partition, values);
    }
    await producer.disconnect();
  }

  async #send(producer: ReturnType<Kafka['producer']>, partition: number, values: (Buffer | null)[]): Promise<void> {
    const messages = values.map((value) => ({ key: 'k', value, partition }));
    const acks = await producer.send({ topic: this.#topic, acks: -1, messages, compression: CompressionTypes.None });
    this.#perPartition[partition]! += values.length;
    const base = Number(acks[0]!.baseOffset);
    values.forEach((value, index) => this.sent.push({ partition, offset: base + index, value }));
  }
}
