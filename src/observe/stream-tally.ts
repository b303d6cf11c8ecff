// Everything that a running stream has told of itself, counted. Metrics, health and page read from here; it is fed on the
// hot path, so it counts and does nothing else.
import type { DeadLetterErrorClass, DeadLetterStage } from '../contracts/dead-letter.ts';
import type { EngineIdentity } from '../stream/engine/engine.ts';
import type { PublishedBatch, Stage, StreamMetrics, TransactionEnd } from '../stream/stream-metrics.ts';
import { Suspects } from './suspects.ts';
import { Tally } from './tally.ts';

// prettier-ignore
const LATENCY_SECONDS = [
  0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75,
  1, 1.5, 2, 3, 5, 7.5, 10, 15, 20, 30, 60,
];
const STAGE_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const BATCH_RECORDS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
export const SCORE_BOUNDS = Array.from({ length: 20 }, (_, bucket) => (bucket + 1) / 20);
/** Two devices with the same model agree to the last digits; different models do not. */
const DISAGREEMENT = [0.000_001, 0.000_01, 0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

export interface DeadLetterCount {
  readonly stage: DeadLetterStage;
  readonly errorClass: DeadLetterErrorClass;
  count: number;
}

export class StreamTally implements StreamMetrics {
  consumedRecords = 0;
  scored = 0;
  flagged = 0;
  rebalances = 0;
  dags = 0;
  dagsBound = 0;
  engineReconnects = 0;
  readonly deadLetters: DeadLetterCount[] = [];
  readonly retries = { engine: 0, kafka: 0, registry: 0 };
  readonly transactions: Record<TransactionEnd, number> = { committed: 0, aborted: 0, fenced: 0 };
  readonly stageSeconds: Readonly<Record<Stage, Tally>> = {
    decode: new Tally(STAGE_SECONDS),
    lookup: new Tally(STAGE_SECONDS),
    dag: new Tally(STAGE_SECONDS),
    publish: new Tally(STAGE_SECONDS),
  };
  readonly batchRecords = new Tally(BATCH_RECORDS);
  /** From a record's timestamp to its outcome being published. */
  readonly endToEndSeconds = new Tally(LATENCY_SECONDS);
  readonly scores = new Tally(SCORE_BOUNDS);
  readonly scoresA = new Tally(SCORE_BOUNDS);
  readonly scoresB = new Tally(SCORE_BOUNDS);
  readonly disagreement = new Tally(DISAGREEMENT);
  /** Scores by the buckets of the model card, where it has some. */
  readonly drifting: Tally | undefined;
  readonly suspects = new Suspects();
  partitions: readonly number[] | undefined;
  /** By shard, the connection over which its engine answered last. */
  readonly #connections = new Map<string, number>();

  constructor(driftBounds?: readonly number[]) {
    this.drifting = driftBounds === undefined ? undefined : new Tally(driftBounds);
  }

  get deadLettered(): number {
    return this.deadLetters.reduce((sum, { count }) => sum + count, 0);
  }

  assigned(partitions: readonly number[]): void {
    this.rebalances++;
    this.partitions = partitions;
  }

  consumed(records: number): void {
    this.consumedRecords += records;
  }

  took(stage: Stage, milliseconds: number): void {
    this.stageSeconds[stage].observe(milliseconds / 1000);
  }

  dagsInFlight(change: number): void {
    this.dags += change;
  }

  dagsInFlightBound(change: number): void {
    this.dagsBound += change;
  }

  identified({ connection }: EngineIdentity, shard: string): void {
    const before = this.#connections.get(shard);
    if (before !== undefined && before !== connection) this.engineReconnects++;
    this.#connections.set(shard, connection);
  }

  retried(cause: 'engine' | 'kafka' | 'registry'): void {
    this.retries[cause]++;
  }

  transactionEnded(end: TransactionEnd): void {
    this.transactions[end]++;
  }

  published({ outcomes, scores, frauds, publishedAt }: PublishedBatch): void {
    this.scored += scores;
    this.flagged += frauds;
    if (outcomes.length > 0) this.batchRecords.observe(outcomes.length);
    for (const outcome of outcomes) {
      // A producer's clock may be ahead of ours.
      this.endToEndSeconds.observe(Math.max(0, publishedAt - outcome.record.timestamp) / 1000);
      if (outcome.kind === 'dead-letter') this.#deadLetter(outcome.letter.stage, outcome.letter.errorClass);
      else {
        const { score } = outcome;
        this.scores.observe(score.score);
        this.drifting?.observe(score.score);
        this.scoresA.observe(score.scoreA);
        this.scoresB.observe(score.scoreB);
        this.disagreement.observe(Math.abs(score.scoreA - score.scoreB));
        if (score.fraud) this.suspects.add(score);
      }
    }
  }

  #deadLetter(stage: DeadLetterStage, errorClass: DeadLetterErrorClass): void {
    const known = this.deadLetters.find((entry) => entry.stage === stage && entry.errorClass === errorClass);
    if (known === undefined) this.deadLetters.push({ stage, errorClass, count: 1 });
    else known.count++;
  }
}
