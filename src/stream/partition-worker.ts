// Exactly once, for one input partition: the state machine between the source's batches and the log.
//
//   fence → read the committed offset → drop what lies below it, or go back to it → score → publish → next batch
//     ▲                                                                                  │
//     └──────────────── any doubt: the writer is thrown away, the outcome unknown ───────┘
//
// Why this order holds: only the newest fence can commit for the partition, and it read the committed offset after every
// older one had lost that power. So each record is published by exactly one committed Kafka transaction, whatever zombies
// do, and wherever a batch claims to begin. Reading before fencing, or not reading again after a failed commit, breaks it.
import { FraudstreamError, messageOf } from '../core/errors.ts';
import { Abandoned, throwIfAbandoned, unlessAbandoned, type Waiting } from './backoff.ts';
import { ChunkSize } from './chunk-size.ts';
import { HistoryMoved } from './history/history-moved.ts';
import type { LiveHistory } from './history/live-history.ts';
import type { Outcome } from './outcome.ts';
import type { BatchWriter, PartitionLog } from './partition-log.ts';
import { recordsExpired } from './records-expired.ts';
import type { SourceBatch, SourceRecord } from './source-record.ts';
import type { StreamLog } from './stream-log.ts';

export interface PartitionWorkerDependencies {
  readonly partitions: PartitionLog;
  readonly score: (records: readonly SourceRecord[], signal: AbortSignal) => Promise<readonly Outcome[]>;
  readonly waiting: Waiting;
  readonly log: StreamLog;
  /** Told of everything that is published, in order, with the offset that was committed. */
  readonly published: (outcomes: readonly Outcome[], batch: SourceBatch, next: number) => void;
  readonly retried: () => void;
  /** Where scored transactions are reference data: taken over with the partition, written behind what is published. */
  readonly history?: Pick<LiveHistory, 'takeOver' | 'published'> | undefined;
  readonly batchRecordsMax: number;
}

interface Chunk {
  readonly records: readonly SourceRecord[];
  /** The offset that is committed with it. */
  readonly next: number;
}

export class PartitionWorker {
  readonly #partition: number;
  readonly #with: PartitionWorkerDependencies;
  readonly #chunkSize: ChunkSize;
  #writer: BatchWriter | undefined;
  /** Everything below is published; known only while there is a writer. */
  #position = 0;
  /** One thing at a time: a batch of an older assignment may still be at work when the next one comes. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(partition: number, dependencies: PartitionWorkerDependencies) {
    this.#partition = partition;
    this.#with = dependencies;
    this.#chunkSize = new ChunkSize(dependencies.batchRecordsMax);
  }

  /**
   * Publishes what the batch holds and nobody has published yet.
   * @returns the offset to continue from: `batch.end`, or another one to go to
   * @throws Abandoned when `signal` fires before it is done; FraudstreamError where a person must act
   */
  take(batch: SourceBatch, signal: AbortSignal): Promise<number> {
    return this.#inTurn(() => this.#take(batch, signal));
  }

  /**
   * Takes the partition over before its first batch comes, which then need not wait for it. What is read here stays true for as
   * long as the writer is: whoever commits for the partition later has fenced it before.
   * @throws as `take`
   */
  prepare(signal: AbortSignal): Promise<void> {
    return this.#inTurn(() => this.#own(signal));
  }

  /** The assignment changed: others may have written meanwhile. */
  doubt(): Promise<void> {
    return this.#inTurn(() => this.#discard());
  }

  /**
   * The source found nothing to deliver from `start` to before `end`: control records, or records of aborted Kafka
   * transactions. Where it began beyond what is published, what lies between is for the next batch to find.
   */
  passOver(start: number, end: number): Promise<void> {
    return this.#inTurn(() => {
      if (this.#writer !== undefined && start <= this.#position) this.#position = Math.max(this.#position, end);
      return Promise.resolve();
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #take(batch: SourceBatch, signal: AbortSignal): Promise<number> {
    if (this.#writer === undefined || batch.start !== this.#position) await this.#own(signal);
    if (batch.start > this.#position) return this.#goBack(batch, signal);
    for (const { records, next } of this.#chunksOf(batch)) {
      throwIfAbandoned(signal);
      const reached = await this.#finish(records, next, batch, signal);
      if (reached !== next) return reached;
    }
    // What is left up to the end are control records, or records that were published before.
    this.#position = Math.max(this.#position, batch.end);
    return this.#position;
  }

  async #own(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      throwIfAbandoned(signal);
      await this.#discard();
      try {
        const { partitions } = this.#with;
        const discardLate = (writer: BatchWriter): unknown => writer.discard();
        this.#writer = await unlessAbandoned(partitions.fence(this.#partition), signal, discardLate);
        this.#position = await unlessAbandoned(partitions.position(this.#partition), signal);
        await this.#with.history?.takeOver(this.#partition, this.#position, signal);
        return;
      } catch (error) {
        await this.#again(error, 'the partition could not be taken over', attempt, signal);
      }
    }
  }

  async #finish(
    records: readonly SourceRecord[],
    next: number,
    batch: SourceBatch,
    signal: AbortSignal,
  ): Promise<number> {
    const from = this.#position;
    const outcomes = await this.#score(records, next, signal);
    if (outcomes === undefined) return this.#position;
    for (let attempt = 1; ; attempt++) {
      // After a doubt the group may stand anywhere: done already, or set back by a person.
      if (this.#position >= next || this.#position < from) return this.#position;
      const due = outcomes.filter((outcome) => outcome.record.offset >= this.#position);
      try {
        await this.#writer!.publish(due, next);
        this.#position = next;
        this.#with.history?.published(this.#partition, due, next);
        this.#with.published(due, batch, next);
        return next;
      } catch (error) {
        await this.#again(error, 'publishing failed; whether it happened is looked up', attempt, signal);
        await this.#own(signal);
      }
    }
  }

  /** Undefined where the engine's history was not the one to score on: the partition is taken over anew, and goes back. */
  async #score(
    records: readonly SourceRecord[],
    next: number,
    signal: AbortSignal,
  ): Promise<readonly Outcome[] | undefined> {
    const started = performance.now();
    this.#writer!.expect(next);
    try {
      const outcomes = await unlessAbandoned(this.#with.score(records, signal), signal);
      const tookMs = performance.now() - started;
      this.#chunkSize.scored(records.length, tookMs);
      if (tookMs > this.#with.partitions.expectMsMax) await this.#own(signal);
      return outcomes;
    } catch (error) {
      if (!(error instanceof HistoryMoved)) {
        // What the writer has begun will not be published.
        await this.#discard();
        throw error;
      }
      await this.#again(error, 'the batch has to be scored on another history', 1, signal);
      await this.#own(signal);
      return undefined;
    }
  }

  /** The batch begins beyond what is published: back to there, unless what lies between is gone. */
  async #goBack(batch: SourceBatch, signal: AbortSignal): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        const oldest = await unlessAbandoned(this.#with.partitions.oldest(this.#partition), signal);
        if (oldest > this.#position) throw recordsExpired(batch.partition, this.#position, oldest);
        return this.#position;
      } catch (error) {
        await this.#again(error, 'the oldest record could not be looked up', attempt, signal);
        await this.#own(signal);
      }
    }
  }

  /** What is not published yet, in pieces of one Kafka transaction each; how large the next one is shows with the last. */
  *#chunksOf(batch: SourceBatch): Generator<Chunk> {
    const due = batch.records.filter((record) => record.offset >= this.#position);
    let chunked = 0;
    while (chunked < due.length) {
      const records = due.slice(chunked, chunked + this.#chunkSize.records);
      chunked += records.length;
      // The end of the batch lies behind its control records: with it the lag comes out as 0.
      yield { records, next: chunked === due.length ? batch.end : records.at(-1)!.offset + 1 };
    }
  }

  async #again(error: unknown, words: string, attempt: number, signal: AbortSignal): Promise<void> {
    await this.#discard();
    if (error instanceof FraudstreamError || error instanceof Abandoned) throw error;
    this.#with.retried();
    this.#with.log.warn({ partition: this.#partition, attempt, reason: messageOf(error) }, words);
    await this.#with.waiting.pause(attempt, signal);
  }

  async #discard(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.discard();
  }
}
