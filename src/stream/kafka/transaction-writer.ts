// Exactly once: a batch's outcomes and its offset in one Kafka transaction. Of the five round trips that it takes three need no
// outcomes: they are made while the batch is scored, and two are left for when it is (patches/README.md: `addPartitions`).
// kafkajs has traps here, each met below: one send in flight ever, explicit partitions, a producer that failed once is not used
// again.
import type { Producer, TopicMessages, Transaction } from 'kafkajs';
import type { CommitMark } from './commit-mark.ts';
import { withDeadline } from './with-deadline.ts';

export interface TransactionWriterParts {
  readonly producer: Producer;
  /** Begun already, which has fenced every older writer of the partition. */
  readonly first: Transaction;
  readonly partition: number;
  readonly scoresTopic: string;
  /** What ties the next Kafka transaction to the offset to continue from. */
  readonly mark: (next: number) => CommitMark;
}

/** What is open, with the offset in it. */
interface Opened {
  readonly mark: CommitMark;
  readonly transaction: Promise<OpeningTransaction>;
}

interface OpeningTransaction extends Transaction {
  addPartitions(
    topics: readonly { readonly topic: string; readonly partitions: readonly { readonly partition: number }[] }[],
  ): Promise<void>;
}

/** A producer that is thrown away gets so long to say goodbye, and so long again to leave. */
const DISCARD_MS_MAX = 2_000;

export class TransactionWriter {
  readonly #parts: TransactionWriterParts;
  #begun: Transaction | undefined;
  #opened: Opened | undefined;

  constructor(parts: TransactionWriterParts) {
    this.#parts = parts;
    this.#begun = parts.first;
  }

  expect(next: number): void {
    this.#opened = this.#open(next);
  }

  /** @throws as kafkajs does; whether it happened is open then */
  async publish(next: number, sendsOf: (mark: CommitMark) => readonly TopicMessages[][]): Promise<void> {
    const opened = this.#opened?.mark.next === next ? this.#opened : this.#open(next);
    const sends = sendsOf(opened.mark);
    const transaction = await opened.transaction;
    for (const topicMessages of sends) await transaction.sendBatch({ acks: -1, topicMessages });
    await transaction.commit();
    this.#begun = undefined;
    this.#opened = undefined;
  }

  /** Never rejects, and is over within seconds. */
  async discard(): Promise<void> {
    // Lets readers go on at once; without it they wait for the next fence, or for the transaction's time-out.
    await withDeadline(this.#abort(), DISCARD_MS_MAX);
    await dismiss(this.#parts.producer);
  }

  #open(next: number): Opened {
    const mark = this.#parts.mark(next);
    const transaction = this.#enter(mark);
    // Whoever publishes hears of it.
    transaction.catch(() => {});
    return { mark, transaction };
  }

  async #enter({ next, name, topic, groupId: consumerGroupId }: CommitMark): Promise<OpeningTransaction> {
    const { producer, partition, scoresTopic } = this.#parts;
    this.#begun ??= await producer.transaction();
    const transaction = this.#begun as OpeningTransaction;
    await transaction.addPartitions([{ topic: scoresTopic, partitions: [{ partition }] }]);
    const partitions = [{ partition, offset: String(next), metadata: name }];
    await transaction.sendOffsets({ consumerGroupId, topics: [{ topic, partitions }] });
    return transaction;
  }

  async #abort(): Promise<void> {
    // Not before what is under way is over: an offset that comes behind the end would stay in the air.
    await this.#opened?.transaction.catch(() => {});
    if (this.#begun?.isActive() === true) await this.#begun.abort();
  }
}

/** Never rejects, and is over within seconds. */
export async function dismiss(producer: Producer): Promise<void> {
  await withDeadline(producer.disconnect(), DISCARD_MS_MAX);
}
