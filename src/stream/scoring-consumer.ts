// The running consumer: source → partition workers → pipeline → log, started in this order and ended in the reverse.
import { setTimeout as delay } from 'node:timers/promises';
import { FraudstreamError, messageOf } from '../core/errors.ts';
import { Abandoned } from './backoff.ts';
import type { PartitionView } from './consumer-view.ts';
import { DeadLetterGuard } from './dead-letter-guard.ts';
import type { KafkaClients } from './kafka/connection.ts';
import { GroupOffsets } from './kafka/group-offsets.ts';
import { MeasuredPartitionLog } from './kafka/measured-partition-log.ts';
import { KafkaPartitionLog } from './kafka/publish.ts';
import { KafkaSource } from './kafka/source.ts';
import { withDeadline } from './kafka/with-deadline.ts';
import type { StreamLimits, StreamOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { PartitionWorker } from './partition-worker.ts';
import { Progress } from './progress.ts';
import { publishedBatch } from './published-batch.ts';
import type { Shards } from './shards.ts';
import type { SourceBatch } from './source-record.ts';
import type { StreamLog } from './stream-log.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import type { StreamTraces } from './stream-traces.ts';

export interface RunningConsumer {
  /** Resolves when `stop` is done; rejects with what ended the consumer by itself. */
  readonly ended: Promise<void>;
  /** Finishes or hands back what is in hand and leaves the group, within `limits.stopMsMax` whatever is down. */
  stop(): Promise<void>;
  /** The assigned partitions as Kafka knows them now. @throws FraudstreamError where it does not answer */
  partitions(): Promise<readonly PartitionView[]>;
  /** Which models would score now. @throws EngineUnavailable, or FraudstreamError naming what is not provisioned */
  identify(): Promise<{ readonly modelDigest: string }>;
}

export interface ScoringConsumerParts {
  readonly shards: Shards;
  readonly kafka: KafkaClients;
  readonly options: StreamOptions;
  readonly limits: StreamLimits;
  readonly log: StreamLog;
  readonly metrics: StreamMetrics;
  readonly traces?: StreamTraces | undefined;
}

/** How often the watchdog looks within the time it allows. */
const LOOKS_PER_STALL = 6;
/** Of the time to stop, what is kept for saying goodbye after the source has ended. */
const GOODBYE_SHARE = 0.2;
/** A Kafka that has not answered a simple question by then will answer no goodbye either. */
const ANSWERS_MS_MAX = 2_500;
/** To drop what is open towards a Kafka that is away. */
const AWAY_GOODBYE_MS_MAX = 500;

export class ScoringConsumer implements RunningConsumer {
  readonly ended: Promise<void>;
  readonly #parts: ScoringConsumerParts;
  readonly #partitions: KafkaPartitionLog;
  readonly #source: KafkaSource;
  readonly #offsets: GroupOffsets;
  readonly #progress: Progress;
  readonly #guard: DeadLetterGuard;
  readonly #workers = new Map<number, PartitionWorker>();
  #assigned: readonly number[] = [];
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;

  constructor(parts: ScoringConsumerParts) {
    const { shards, kafka, options, limits, log, traces } = parts;
    this.#parts = parts;
    const commit = (partition: number, next: number): Promise<void> => this.#source.commit(partition, next);
    this.#partitions = new KafkaPartitionLog(kafka.writing, options, limits, log, commit, traces);
    this.#source = new KafkaSource(
      kafka.reading,
      options,
      limits,
      {
        take: (batch, signal) => this.#take(batch, signal),
        passedOver: (partition, start, end) => this.#passOver(partition, start, end),
        assigned: (partitions, signal) => this.#assign(partitions, signal),
        failed: (error) => this.#fail(error),
      },
      log,
    );
    // One shard for all holds up all of them anyway.
    if (options.shards > 1) shards.onHeldUp = (isHeldUp) => this.#source.setAside(isHeldUp);
    shards.onBusy = (partition) => this.#progress.busy(partition);
    this.#offsets = new GroupOffsets(() => kafka.asking.admin(), options.groupId, options.transactionsTopic);
    this.#progress = new Progress(limits.stallMsMax);
    this.#guard = new DeadLetterGuard({
      shareMax: limits.deadLetterShareMax,
      windowRecords: limits.deadLetterWindowRecords,
    });
    this.ended = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // Whoever starts the consumer may look later.
    this.ended.catch(() => {});
  }

  async start(): Promise<void> {
    await this.#source.start();
    const { stallMsMax } = this.#parts.limits;
    this.#watchdog = setInterval(() => void this.#look(), Math.ceil(stallMsMax / LOOKS_PER_STALL)).unref();
  }

  async stop(): Promise<void> {
    await this.#shutDown();
    this.#settle?.resolve();
  }

  async partitions(): Promise<readonly PartitionView[]> {
    const bounds = new Map((await this.#offsets.ends()).map((offsets) => [offsets.partition, offsets]));
    return this.#progress.views(bounds, await this.#offsets.committed());
  }

  identify(): Promise<{ readonly modelDigest: string }> {
    return this.#parts.shards.identify(this.#assigned);
  }

  #fail(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#parts.log.error({ reason: messageOf(error) }, 'the consumer ends');
    void this.#shutDown().then(() => this.#settle?.reject(error));
  }

  #shutDown(): Promise<void> {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  async #close(): Promise<void> {
    clearInterval(this.#watchdog);
    const { stopMsMax } = this.#parts.limits;
    const goodbyeMs = Math.floor(stopMsMax * GOODBYE_SHARE);
    const stopped = this.#source.stop(stopMsMax - goodbyeMs);
    const isAway = await Promise.race([stopped.then(() => false), this.#kafkaIsAway()]);
    // Nothing that is left open then does harm: a Kafka transaction is aborted by the next fence or by its time-out, and the
    // place in the group ends with the session. kafkajs would go on knocking for longer than anybody who stops it waits.
    if (!isAway) await stopped;
    const writers = [...this.#workers.values()].map((worker) => worker.doubt());
    const goodbyes = Promise.all([...writers, this.#partitions.close(), this.#offsets.close()]);
    await withDeadline(goodbyes, isAway ? Math.min(goodbyeMs, AWAY_GOODBYE_MS_MAX) : goodbyeMs);
    await this.#parts.shards.close();
  }

  /** Asks while the source ends, so that a Kafka that is there costs no time. */
  async #kafkaIsAway(): Promise<boolean> {
    const answered = this.#offsets.ends().then(
      () => false,
      // A refusal is an answer.
      (error: unknown) => !(error instanceof FraudstreamError),
    );
    return Promise.race([answered, delay(ANSWERS_MS_MAX, true, { ref: false })]);
  }

  #assign(partitions: readonly number[], signal: AbortSignal): void {
    this.#parts.log.info({ partitions }, 'partitions assigned');
    this.#parts.metrics.assigned(partitions);
    this.#progress.assigned(partitions);
    this.#assigned = partitions;
    // Another member may have written for any of them since: each is taken over anew before it is written for again.
    for (const worker of this.#workers.values()) void worker.doubt();
    // As many as work at once; the others, of which there may be hundreds, at their first batch.
    for (const partition of partitions.slice(0, this.#parts.limits.partitionsConcurrent)) {
      void this.#prepare(partition, signal);
    }
  }

  async #prepare(partition: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#worker(partition).prepare(signal);
    } catch (error) {
      if (!(error instanceof Abandoned)) this.#fail(error as Error);
    }
  }

  async #take(batch: SourceBatch, signal: AbortSignal): Promise<number> {
    this.#parts.metrics.consumed(batch.records.length);
    const { traces } = this.#parts;
    const work = (): Promise<number> => this.#worker(batch.partition).take(batch, signal);
    const next = await (traces === undefined ? work() : traces.batch(batch, work));
    this.#progress.handled(batch.partition, next);
    return next;
  }

  #passOver(partition: number, start: number, end: number): void {
    // Behind the batch that may be at work: until that one is done, the partition stands before it.
    void this.#worker(partition)
      .passOver(start, end)
      .then(() => this.#progress.handled(partition, end));
  }

  #worker(partition: number): PartitionWorker {
    const known = this.#workers.get(partition);
    if (known !== undefined) return known;
    const { shards, log, metrics, options } = this.#parts;
    const worker = new PartitionWorker(partition, {
      partitions: new MeasuredPartitionLog(this.#partitions, metrics, options.delivery === 'exactly-once'),
      score: (records, signal) => shards.score(partition, records, signal),
      waiting: shards.waitingOf(partition),
      log,
      published: (outcomes, batch, next) => this.#published(outcomes, batch, next),
      retried: () => metrics.retried('kafka'),
      history: shards.historyOf(partition),
      batchRecordsMax: options.batchRecordsMax,
    });
    this.#workers.set(partition, worker);
    return worker;
  }

  #published(outcomes: readonly Outcome[], batch: SourceBatch, next: number): void {
    const report = publishedBatch(outcomes, batch, next, Date.now());
    this.#progress.handled(batch.partition, report.next);
    this.#parts.metrics.published(report);
    const { partition, scores, deadLetters, lag } = report;
    this.#parts.log.debug({ partition, scores, deadLetters: deadLetters.length, lag }, 'published');
    const tooMany = this.#guard.published(outcomes);
    if (tooMany !== undefined) this.#fail(tooMany);
  }

  async #look(): Promise<void> {
    try {
      const stall = this.#progress.stall(await this.partitions());
      if (stall !== undefined) this.#fail(stall);
    } catch (error) {
      // Without Kafka there is nothing to compare with; kafkajs itself says when it gives up.
      this.#parts.log.debug({ reason: messageOf(error) }, 'the watchdog could not look');
    }
  }
}
