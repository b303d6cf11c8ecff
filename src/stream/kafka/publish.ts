// Step 6 of the road: scores, dead letters and the offset of a batch, in one Kafka transaction.
// kafkajs has traps here, each met below: one send in flight ever, sendOffsets after a send, explicit partitions, a producer
// that failed once is not used again.
import type { Admin, Kafka, Producer, TopicMessages, Transaction } from 'kafkajs';
import { Partitioners } from 'kafkajs';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { StreamLimits, StreamOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import type { BatchWriter, PartitionLog } from '../partition-log.ts';
import type { StreamLog } from '../stream-log.ts';
import type { StreamTraces } from '../stream-traces.ts';
import {
  COMMIT_HEADER,
  commitHeader,
  CommitNames,
  NOBODY,
  parseCommitHeader,
  whereToGoOn,
  type CommitMark,
} from './commit-mark.ts';
import { GroupOffsets } from './group-offsets.ts';
import { isTooLarge, kafkaError } from './kafka-error.ts';
import { sendsOf } from './outgoing.ts';
import { withDeadline } from './with-deadline.ts';

/** A producer that is thrown away gets so long to say goodbye. */
const DISCARD_MS_MAX = 2_000;
/** A topic that refuses sends of this size will refuse any. */
const SEND_BYTES_MIN = 1_024;

/** Commits offsets as a member of the group: what at-least-once delivery does after its sends. */
export type CommitAsMember = (partition: number, next: number) => Promise<void>;

export class KafkaPartitionLog implements PartitionLog {
  readonly #kafka: Kafka;
  readonly #options: StreamOptions;
  readonly #limits: StreamLimits;
  readonly #offsets: GroupOffsets;
  readonly #log: StreamLog;
  readonly #commit: CommitAsMember;
  readonly #traces: StreamTraces | undefined;
  /** By partition, since it was taken over. */
  readonly #names = new Map<number, CommitNames>();
  /** Halved whenever a topic refuses a send as too large. */
  #sendBytesMax: number;

  constructor(
    kafka: Kafka,
    options: StreamOptions,
    limits: StreamLimits,
    log: StreamLog,
    commit: CommitAsMember,
    traces?: StreamTraces,
  ) {
    this.#kafka = kafka;
    this.#options = options;
    this.#limits = limits;
    this.#offsets = new GroupOffsets((): Admin => kafka.admin(), options.groupId, options.transactionsTopic);
    this.#log = log;
    this.#commit = commit;
    this.#traces = traces;
    this.#sendBytesMax = limits.sendBytesMax;
  }

  async fence(partition: number): Promise<BatchWriter> {
    const isTransactional = this.#options.delivery === 'exactly-once';
    const { groupId, transactionsTopic } = this.#options;
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: this.#limits.transactionTimeoutMs,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      ...(isTransactional ? { transactionalId: `${groupId}.${transactionsTopic}.${partition}` } : {}),
    });
    try {
      await producer.connect();
      // Initialises the producer, which fences every older one, and opens nothing at the broker until the first send.
      const first = isTransactional ? await producer.transaction() : undefined;
      return this.#writer(producer, first, partition);
    } catch (error) {
      await discard(producer);
      throw kafkaError(error);
    }
  }

  async position(partition: number): Promise<number> {
    const committed = await this.#offsets.position(partition);
    if (this.#options.delivery !== 'exactly-once') return committed.offset;
    const position = whereToGoOn(committed, await this.#lastMarks(partition));
    if (position > committed.offset)
      this.#log.warn(
        { partition, committed: committed.offset, position },
        'Kafka forgot the offset of what it committed',
      );
    this.#names.set(partition, new CommitNames(committed.name));
    return position;
  }

  /** What the last outcomes of the partition say of their Kafka transactions; those of another group's say nothing. */
  async #lastMarks(partition: number): Promise<readonly CommitMark[]> {
    const { scoresTopic, deadLetterTopic, transactionsTopic, groupId } = this.#options;
    const topics = [scoresTopic, deadLetterTopic];
    const last = await Promise.all(topics.map((topic) => this.#offsets.lastRecord(topic, partition)));
    const marks = last.map((record) => parseCommitHeader(String(record?.headers?.[COMMIT_HEADER] ?? '')));
    return marks.filter((mark) => mark?.groupId === groupId && mark.topic === transactionsTopic) as CommitMark[];
  }

  oldest(partition: number): Promise<number> {
    return this.#offsets.oldest(partition);
  }

  close(): Promise<void> {
    return this.#offsets.close();
  }

  #writer(producer: Producer, first: Transaction | undefined, partition: number): BatchWriter {
    let transaction = first;
    const publish = async (outcomes: readonly Outcome[], next: number): Promise<void> => {
      if (first === undefined) {
        await this.#sendThenCommit(producer, this.#sends(outcomes), partition, next);
        return;
      }
      const mark = this.#mark(partition, next);
      transaction ??= await producer.transaction();
      await this.#inOneTransaction(transaction, this.#sends(outcomes, mark), partition, mark);
      transaction = undefined;
    };
    return {
      publish: async (outcomes, next) => {
        try {
          await publish(outcomes, next);
        } catch (error) {
          throw this.#judge(error);
        }
      },
      discard: () => discard(producer, transaction),
    };
  }

  async #inOneTransaction(
    transaction: Transaction,
    sends: readonly TopicMessages[][],
    partition: number,
    { next, name, topic, groupId: consumerGroupId }: CommitMark,
  ): Promise<void> {
    for (const topicMessages of sends) await transaction.sendBatch({ acks: -1, topicMessages });
    const partitions = [{ partition, offset: String(next), metadata: name }];
    await transaction.sendOffsets({ consumerGroupId, topics: [{ topic, partitions }] });
    await transaction.commit();
  }

  async #sendThenCommit(
    producer: Producer,
    sends: readonly TopicMessages[][],
    partition: number,
    next: number,
  ): Promise<void> {
    for (const topicMessages of sends) await producer.sendBatch({ acks: -1, topicMessages });
    await this.#commit(partition, next);
  }

  #mark(partition: number, next: number): CommitMark {
    const { transactionsTopic: topic, groupId } = this.#options;
    const names = this.#names.get(partition) ?? new CommitNames(NOBODY);
    this.#names.set(partition, names);
    return { ...names.next(), next, topic, groupId };
  }

  #sends(outcomes: readonly Outcome[], mark?: CommitMark): TopicMessages[][] {
    const header = mark && commitHeader(mark);
    return sendsOf(outcomes, this.#options, this.#sendBytesMax, this.#deadLetterBytesMax, header, this.#traces);
  }

  /** Leaves room for the headers, and for the batch around the record. */
  get #deadLetterBytesMax(): number {
    return Math.min(this.#limits.deadLetterBytesMax, Math.floor(this.#sendBytesMax / 2));
  }

  #judge(error: unknown): unknown {
    const { scoresTopic, deadLetterTopic } = this.#options;
    if (!isTooLarge(error)) return kafkaError(error, `${scoresTopic} or ${deadLetterTopic}`);
    const refused = this.#sendBytesMax;
    if (refused <= SEND_BYTES_MIN) return sendsTooSmall(this.#options, error);
    this.#sendBytesMax = Math.max(SEND_BYTES_MIN, Math.floor(refused / 2));
    this.#log.warn({ refusedBytes: refused, nextBytes: this.#sendBytesMax }, 'a topic refused a send as too large');
    return error;
  }
}

async function discard(producer: Producer, transaction?: Transaction): Promise<void> {
  // Lets readers go on at once; without it they wait for the next fence, or for the transaction's time-out.
  if (transaction?.isActive() === true) await withDeadline(transaction.abort(), DISCARD_MS_MAX);
  await withDeadline(producer.disconnect(), DISCARD_MS_MAX);
}

function sendsTooSmall({ scoresTopic, deadLetterTopic }: StreamOptions, cause: unknown): FraudstreamError {
  const words = `${scoresTopic} or ${deadLetterTopic} refuses even a send of ${SEND_BYTES_MIN} bytes`;
  return new FraudstreamError('TOPIC_LIMIT_TOO_SMALL', words, {
    next: 'raise max.message.bytes of both topics, best to the 1 MiB that Kafka has by default',
    exitCode: EXIT.config,
    cause,
  });
}
