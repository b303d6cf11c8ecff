// Reads a stretch of a partition again, for the history of it that an engine lacks: in a group of its own, which ends with it,
// so that the offsets of the consumer's group are left alone.
import { randomUUID } from 'node:crypto';
import type { Batch, Consumer, Kafka, KafkaMessage } from 'kafkajs';
import { parseDeadLetterHeaders } from '../../contracts/dead-letter.ts';
import { messageOf } from '../../core/errors.ts';
import { Abandoned } from '../backoff.ts';
import type { TopicTail } from '../history/live-history.ts';
import type { SourceRecord } from '../source-record.ts';
import { GroupOffsets } from './group-offsets.ts';
import { kafkaError } from './kafka-error.ts';
import { onePartitionAssigner } from './one-partition-assigner.ts';
import { sourceRecord } from './source.ts';
import { withDeadline } from './with-deadline.ts';

const GOODBYE_MS_MAX = 2_000;

interface Stretch {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

type Take = (batch: Batch, messages: readonly KafkaMessage[]) => Promise<void>;

export class KafkaTopicTail implements TopicTail {
  readonly #kafka: Kafka;
  readonly #transactionsTopic: string;
  readonly #deadLetterTopic: string;

  constructor(kafka: Kafka, topics: { readonly transactionsTopic: string; readonly deadLetterTopic: string }) {
    this.#kafka = kafka;
    this.#transactionsTopic = topics.transactionsTopic;
    this.#deadLetterTopic = topics.deadLetterTopic;
  }

  async deadLetters(partition: number, from: number, to: number, signal: AbortSignal): Promise<ReadonlySet<number>> {
    const offsets = new Set<number>();
    const whole = { topic: this.#deadLetterTopic, partition, from: 0, to: Number.POSITIVE_INFINITY };
    await this.#read(whole, signal, (_batch, messages) => {
      for (const { headers } of messages) {
        const letter = parseDeadLetterHeaders(headers ?? {});
        if (letter?.sourceTopic !== this.#transactionsTopic || letter.sourcePartition !== partition) continue;
        const offset = Number(letter.sourceOffset);
        if (offset >= from && offset < to) offsets.add(offset);
      }
      return Promise.resolve();
    });
    return offsets;
  }

  records(
    partition: number,
    from: number,
    to: number,
    take: (records: readonly SourceRecord[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const stretch = { topic: this.#transactionsTopic, partition, from, to };
    return this.#read(stretch, signal, (batch, messages) => take(messages.map((one) => sourceRecord(batch, one))));
  }

  /** Over when all of the stretch that is still on the topic was taken. */
  async #read(wanted: Stretch, signal: AbortSignal, take: Take): Promise<void> {
    const stretch = await this.#present(wanted);
    if (stretch.from >= stretch.to) return;
    const { topic, partition } = stretch;
    const consumer = this.#kafka.consumer({
      groupId: `fraudstream-reader-${randomUUID()}`,
      partitionAssigners: [onePartitionAssigner(topic, partition)],
      maxWaitTimeInMs: 100,
      allowAutoTopicCreation: false,
      readUncommitted: false,
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await untilRead(consumer, stretch, signal, take);
    } catch (error) {
      throw kafkaError(error, topic);
    } finally {
      await withDeadline(consumer.disconnect(), GOODBYE_MS_MAX);
    }
  }

  async #present({ topic, partition, from, to }: Stretch): Promise<Stretch> {
    const offsets = new GroupOffsets(() => this.#kafka.admin(), '', topic);
    try {
      const bounds = (await offsets.ends()).find((one) => one.partition === partition);
      return { topic, partition, from: Math.max(from, bounds?.oldest ?? 0), to: Math.min(to, bounds?.end ?? 0) };
    } finally {
      await offsets.close();
    }
  }
}

function untilRead(consumer: Consumer, stretch: Stretch, signal: AbortSignal, take: Take): Promise<void> {
  const { topic, partition, from, to } = stretch;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Abandoned()), { once: true });
    // Told of batches without a record too: control records end a partition that is written in Kafka transactions.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      if (Number(payload.lastOffset) + 1 >= to) resolve();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
    const eachBatch = async ({ batch }: { batch: Batch }): Promise<void> => {
      if (signal.aborted) return;
      const messages = batch.messages.filter(({ offset }) => Number(offset) >= from && Number(offset) < to);
      try {
        if (messages.length > 0) await take(batch, messages);
      } catch (error) {
        // kafkajs would hand the batch over again and again.
        reject(error instanceof Error ? error : new Error(messageOf(error)));
      }
    };
    consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    consumer.seek({ topic, partition, offset: String(from) });
  });
}
