// Step 1 of the road: batches of the transactions topic, one of a partition at a time, several partitions at once.
// kafkajs sees to the group; this file keeps its heartbeats going while a batch waits, notices when a batch is no longer
// this member's, and lets no error reach kafkajs that would stop it in silence.
//
// kafkajs fetches again when it has every batch of the last fetch back. So a batch is given back as soon as work on it has
// begun. What comes of a partition that is worked on gathers until its turn (at-hand.ts), up to what one batch may hold.
import { setTimeout as delay } from 'node:timers/promises';
import type { Batch, Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { parseReplayHeaders } from '../../contracts/replayed-record.ts';
import { Abandoned } from '../backoff.ts';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import type { StreamLimits, StreamOptions } from '../options.ts';
import type { SourceBatch, SourceRecord } from '../source-record.ts';
import type { StreamLog } from '../stream-log.ts';
import { AtHand, type Delivery } from './at-hand.ts';
import { Turn } from './turn.ts';
import { withDeadline } from './with-deadline.ts';

export interface SourceHandlers {
  /** @returns the offset to continue from. @throws Abandoned when `signal` fires */
  take(batch: SourceBatch, signal: AbortSignal): Promise<number>;
  /** From `start` to before `end` the partition holds no record to take. */
  passedOver(partition: number, start: number, end: number): void;
  /** A new generation of the group, and this member's share of it until `signal` fires. */
  assigned(partitions: readonly number[], signal: AbortSignal): void;
  /** The source has ended by itself and does not come back. */
  failed(error: Error): void;
}

/** A tenth of the session, so that several heartbeats may be late before the partitions are lost. */
const HEARTBEATS_PER_SESSION = 10;
/** Between two fetches of a partition that is worked on: what is at hand is older by no more, and the broker is not asked for each record. */
const GATHER_MS = 5;

export class KafkaSource {
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #limits: StreamLimits;
  readonly #handlers: SourceHandlers;
  readonly #log: StreamLog;
  /** Aborted when the group moves on to its next generation. */
  #generation = new AbortController();
  /** The batch of each partition that is worked on. */
  readonly #atWork = new Map<number, Promise<void>>();
  readonly #atHand: AtHand;
  /** Partitions whose batch nobody waits for, and what lets go of the next one that does. */
  readonly #aside = new Set<number>();
  readonly #letGo = new Map<number, () => void>();
  /** Membership was lost, and kafkajs does not know it yet. */
  #lost: Error | undefined;
  #isStopping = false;

  constructor(kafka: Kafka, options: StreamOptions, limits: StreamLimits, handlers: SourceHandlers, log: StreamLog) {
    this.#topic = options.transactionsTopic;
    this.#limits = limits;
    this.#handlers = handlers;
    this.#log = log;
    this.#atHand = new AtHand(options.batchRecordsMax);
    this.#consumer = kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: limits.sessionTimeoutMs,
      rebalanceTimeout: limits.sessionTimeoutMs,
      heartbeatInterval: this.#heartbeatMs,
      // Short, because kafkajs seeks, stops and leaves only between two fetches.
      maxWaitTimeInMs: 100,
      maxBytesPerPartition: limits.fetchBytesPerPartition,
      allowAutoTopicCreation: false,
      readUncommitted: false,
    });
    this.#listen();
  }

  async start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [this.#topic], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#limits.partitionsConcurrent,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
  }

  /** Hands back what is in hand and leaves the group; over by `milliseconds`. */
  async stop(milliseconds: number): Promise<void> {
    this.#isStopping = true;
    this.#generation.abort();
    // What is being committed is committed before the group hears that this member leaves.
    const handedBack = Promise.all(this.#atWork.values());
    await withDeadline(
      handedBack.then(() => this.#consumer.disconnect()),
      milliseconds,
    );
  }

  /** As a member of the group: refused by the coordinator where that is no longer so. */
  commit(partition: number, next: number): Promise<void> {
    return this.#consumer.commitOffsets([{ topic: this.#topic, partition, offset: String(next) }]);
  }

  /**
   * Lets other partitions go on while batches wait that will take their time: of these partitions nothing more is fetched until
   * they are through, and what was fetched is fetched again.
   */
  setAside(isMeant: (partition: number) => boolean): void {
    for (const partition of [...this.#atWork.keys()].filter(isMeant)) {
      if (this.#aside.has(partition)) continue;
      this.#aside.add(partition);
      this.#consumer.pause([{ topic: this.#topic, partitions: [partition] }]);
      const dropped = this.#atHand.take(partition);
      if (dropped !== undefined && !dropped.generation.aborted) this.#goTo(partition, dropped.batch.start);
      this.#letGo.get(partition)?.();
    }
  }

  get #heartbeatMs(): number {
    return Math.floor(this.#limits.sessionTimeoutMs / HEARTBEATS_PER_SESSION);
  }

  #listen(): void {
    const { GROUP_JOIN, END_BATCH_PROCESS, CRASH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#generation.abort();
      if (this.#isStopping) return;
      this.#generation = new AbortController();
      this.#lost = undefined;
      this.#atHand.clear();
      this.#handlers.assigned(payload.memberAssignment[this.#topic] ?? [], this.#generation.signal);
    });
    this.#consumer.on(END_BATCH_PROCESS, ({ payload }) => {
      const { partition, batchSize, lastOffset } = payload;
      if (batchSize === 0) this.#passOver(partition, fetchedOffset(payload), Number(lastOffset) + 1);
    });
    this.#consumer.on(CRASH, ({ payload }) => {
      // Where it restarts it does so by itself; where it does not, it would idle for ever.
      if (!payload.restart && !this.#isStopping) this.#handlers.failed(crashed(payload.error));
    });
  }

  #passOver(partition: number, start: number, end: number): void {
    if (!this.#atHand.passOver(partition, start, end)) this.#handlers.passedOver(partition, start, end);
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { partition } = payload.batch;
    const generation = this.#generation.signal;
    const delivery = { batch: sourceBatch(payload.batch), payload, generation };
    for (let turn = this.#atWork.get(partition); turn !== undefined; turn = this.#atWork.get(partition)) {
      if (!this.#isDue(delivery)) return;
      if (this.#atHand.add(delivery)) return this.#gather(delivery, turn);
      await this.#letGoOr(partition, turn);
    }
    if (!this.#isDue(delivery)) return;
    this.#fetchedUpTo(delivery);
    this.#begin(delivery);
  }

  /** The next fetch comes when this is over: with much at hand not before its turn, or a lag would fill the memory. */
  async #gather(delivery: Delivery, turn: Promise<void>): Promise<void> {
    const { partition } = delivery.batch;
    this.#fetchedUpTo(delivery);
    await this.#letGoOr(partition, this.#atHand.isMuch(partition) ? turn : Promise.race([turn, delay(GATHER_MS)]));
    this.#sayWhatIsLost();
  }

  /** Where the next fetch begins, and no more: where the group stands is what the batch's writer commits. */
  #fetchedUpTo({ batch, payload }: Delivery): void {
    payload.resolveOffset(String(batch.end - 1));
  }

  async #letGoOr(partition: number, until: Promise<void>): Promise<void> {
    const letGo = new Promise<void>((resolve) => this.#letGo.set(partition, resolve));
    await Promise.race([until, letGo]);
    this.#letGo.delete(partition);
  }

  /** False where it is fetched again, by whoever it belongs to then. @throws what took the membership */
  #isDue({ batch, payload, generation }: Delivery): boolean {
    this.#sayWhatIsLost();
    if (this.#aside.has(batch.partition)) return false;
    return payload.isRunning() && !payload.isStale() && !this.#isStopping && !generation.aborted;
  }

  #begin(delivery: Delivery): void {
    const { batch, payload, generation } = delivery;
    const turn = new Turn(payload, generation, this.#heartbeatMs, this.#log);
    this.#atWork.set(batch.partition, this.#work(delivery, turn));
  }

  /** Never rejects. */
  async #work({ batch, generation }: Delivery, turn: Turn): Promise<void> {
    const { partition } = batch;
    let reached: number | undefined;
    try {
      reached = await this.#handlers.take(batch, turn.signal);
    } catch (error) {
      if (!(error instanceof Abandoned)) this.#handlers.failed(error as Error);
    }
    turn.end();
    this.#atWork.delete(partition);
    if (this.#aside.delete(partition)) this.#consumer.resume([{ topic: this.#topic, partitions: [partition] }]);
    // A member that has joined again since has lost nothing.
    if (!generation.aborted) this.#lost ??= turn.lost;
    this.#goOn(batch, generation, reached);
  }

  /** What was fetched meanwhile begins, unless the partition goes on elsewhere or with somebody else. */
  #goOn({ partition, end }: SourceBatch, generation: AbortSignal, reached: number | undefined): void {
    const next = this.#atHand.take(partition);
    // After a rebalance kafkajs has no place to note it, and the next owner asks Kafka anyway.
    if (reached !== undefined && reached !== end && !generation.aborted) this.#goTo(partition, reached);
    if (next === undefined || next.generation.aborted || this.#isStopping || this.#lost !== undefined) return;
    if (next.generation !== generation || reached === end) this.#begin(next);
  }

  /** What has been fetched of the partition since is dropped by kafkajs. */
  #goTo(partition: number, offset: number): void {
    this.#consumer.seek({ topic: this.#topic, partition, offset: String(offset) });
  }

  /** Lets kafkajs join again now rather than at its next heartbeat. @throws what took the membership */
  #sayWhatIsLost(): void {
    const lost = this.#lost;
    this.#lost = undefined;
    if (lost !== undefined) throw lost;
  }
}

/** Where the fetch began; the patched kafkajs tells. */
function fetchedOffset(payload: { readonly partition: number; readonly fetchedOffset?: string }): number {
  return Number(payload.fetchedOffset);
}

/** kafkajs knows where the fetch began, and does not say so in its types. */
function sourceBatch(batch: Batch & { readonly fetchedOffset?: string }): SourceBatch {
  const records = batch.messages.map((message) => sourceRecord(batch, message));
  return {
    partition: batch.partition,
    start: Number(batch.fetchedOffset ?? batch.firstOffset()),
    end: Number(batch.lastOffset()) + 1,
    records,
    highWatermark: Number(batch.highWatermark),
  };
}

export function sourceRecord(
  { topic, partition }: Pick<Batch, 'topic' | 'partition'>,
  message: KafkaMessage,
): SourceRecord {
  const { offset, timestamp, key, value, headers } = message;
  const replayedFrom = headers === undefined ? undefined : parseReplayHeaders(headers);
  return { topic, partition, offset: Number(offset), timestamp: Number(timestamp), key, value, headers, replayedFrom };
}

function crashed(cause: Error): FraudstreamError {
  return new FraudstreamError('KAFKA_CONSUMER_ENDED', `the Kafka consumer has ended: ${messageOf(cause)}`, {
    next: 'start it again; nothing is lost, it goes on from the committed offsets',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}
