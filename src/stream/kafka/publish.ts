// Step 6 of the road: scores, dead letters and the offset of a batch, in one Kafka transaction or one after the other.
import type { Admin, Kafka, Producer, TopicMessages } from 'kafkajs';
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
import { dismiss, TransactionWriter } from './transaction-writer.ts';

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
      // Initialises the producer, which fences every older one, and opens nothing at the broker until it is told what to expect.
      return isTransactional
        ? await this.#transactional(producer, partition)
        : this.#untransactional(producer, partition);
    } catch (error) {
      await dismiss(producer);
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

  get expectMsMax(): number {
    // What stands open too long the broker ends, and fences; at least once opens nothing.
    return this.#options.delivery === 'exactly-once' ? this.#limits.transactionTimeoutMs / 2 : Infinity;
  }

  async #transactional(producer: Producer, partition: number): Promise<BatchWriter> {
    const { scoresTopic } = this.#options;
    const first = await producer.transaction();
    const mark = (next: number): CommitMark => this.#mark(partition, next);
    const writer = new TransactionWriter({ producer, first, partition, scoresTopic, mark });
    return {
      expect: (next) => writer.expect(next),
      publish: (outcomes, next) => this.#judged(writer.publish(next, (mark) => this.#sends(outcomes, mark))),
      discard: () => writer.discard(),
    };
  }

  #untransactional(producer: Producer, partition: number): BatchWriter {
    const publish = async (outcomes: readonly Outcome[], next: number): Promise<void> => {
      for (const topicMessages of this.#sends(outcomes)) await producer.sendBatch({ acks: -1, topicMessages });
      await this.#commit(partition, next);
    };
    return {
      expect: () => {},
      publish: (outcomes, next) => this.#judged(publish(outcomes, next)),
      discard: () => dismiss(producer),
    };
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

  async #judged(publishing: Promise<void>): Promise<void> {
    try {
      await publishing;
    } catch (error) {
      throw this.#judge(error);
    }
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

function sendsTooSmall({ scoresTopic, deadLetterTopic }: StreamOptions, cause: unknown): FraudstreamError {
  const words = `${scoresTopic} or ${deadLetterTopic} refuses even a send of ${SEND_BYTES_MIN} bytes`;
  return new FraudstreamError('TOPIC_LIMIT_TOO_SMALL', words, {
    next: 'raise max.message.bytes of both topics, best to the 1 MiB that Kafka has by default',
    exitCode: EXIT.config,
    cause,
  });
}
