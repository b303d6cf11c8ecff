// The road of a transaction, on one screen: records → decode → reference → dag → score → outcomes, for publish.ts.
import { referencesKey } from '../contracts/engine-keys.ts';
import { decodeRecords, type Decoded, type Passenger } from './decode.ts';
import { EngineUnavailable, ModelsReplaced, type Engine, type EngineIdentity } from './engine/engine.ts';
import { backoff, tellOfWaiting, throwIfAbandoned, type Waiting } from './backoff.ts';
import { LostModels } from './engine/lost-models.ts';
import { AllTimedOut, ATTEMPTS_MAX, settle } from './engine/settle.ts';
import type { ReferencedDag } from './engine/dag-frames.ts';
import { KeyList } from './engine/key-list.ts';
import type { BatchView } from './history/batch-view.ts';
import type { LiveHistory } from './history/live-history.ts';
import {
  deadLetterOutcome,
  scoreFrame,
  scoreOutcome,
  type Outcome,
  type OutcomeOptions,
  type ScoreFrame,
} from './outcome.ts';
import type { StreamOptions } from './options.ts';
import type { RecordFault } from './record-fault.ts';
import type { Reply } from './engine/reply.ts';
import {
  readReferenceKeys,
  referenceQuery,
  scriptQuery,
  type ReferenceKeys,
  type ReferenceOptions,
} from './reference.ts';
import { awaitSchemas } from './registry/await-schemas.ts';
import type { SchemaRegistry } from './registry/schema-registry.ts';
import { readScores } from './score.ts';
import type { SourceRecord } from './source-record.ts';
import type { StreamLog } from './stream-log.ts';
import type { StreamMetrics } from './stream-metrics.ts';

export interface PipelineDependencies {
  readonly engine: Engine;
  readonly lost?: LostModels;
  readonly log: StreamLog;
  readonly metrics: StreamMetrics;
  /** Knows the schemas of records that name them by number. */
  readonly registry?: SchemaRegistry | undefined;
  readonly waiting?: Waiting;
  /** Where scored transactions are reference data of later ones. */
  readonly history?: Pick<LiveHistory, 'view'> | undefined;
}

type PipelineOptions = ReferenceOptions & OutcomeOptions & Pick<StreamOptions, 'history'>;

export class Pipeline {
  readonly #engine: Engine;
  readonly #lost: LostModels;
  readonly #dependencies: PipelineDependencies;
  readonly #options: ReferenceOptions & Pick<StreamOptions, 'history'>;
  readonly #frame: ScoreFrame;
  /** Who answered when it was last asked. Good for the next batch too, which is confirmed when it is scored. */
  #identity: EngineIdentity | undefined;
  #reportedBound = 0;

  constructor(dependencies: PipelineDependencies, options: PipelineOptions) {
    this.#engine = dependencies.engine;
    this.#lost = dependencies.lost ?? new LostModels(dependencies.log);
    this.#dependencies = dependencies;
    this.#options = options;
    this.#frame = scoreFrame(options);
  }

  /**
   * An outcome for each record, in order. While the engine is away it waits; what is wrong with a record stays with it.
   * @throws Abandoned when `signal` fires; FraudstreamError where waiting would not help
   */
  async score(records: readonly SourceRecord[], signal: AbortSignal): Promise<readonly Outcome[]> {
    const started = performance.now();
    const { passengers, faults } = await this.decode(records, signal);
    this.#dependencies.metrics.took('decode', performance.now() - started, records.length);
    const view = this.#dependencies.history?.view(records, passengers);
    const scored =
      passengers.length === 0 ? new Map<SourceRecord, Outcome>() : await this.#scoreAll(passengers, signal, view);
    if (view !== undefined) await this.#settleView(view, scored, signal);
    return records.map((record) => scored.get(record) ?? deadLetterOutcome(record, faults.get(record)!));
  }

  /** @throws Abandoned when `signal` fires while it waits for schemas; FraudstreamError where waiting would not help */
  async decode(records: readonly SourceRecord[], signal: AbortSignal): Promise<Decoded> {
    const schemas = await awaitSchemas(records, this.#dependencies, signal);
    return decodeRecords(records, schemas, this.#options.history?.entityField);
  }

  /** Until every transaction was scored on what those before it came to. */
  async #settleView(view: BatchView, scored: Map<SourceRecord, Outcome>, signal: AbortSignal): Promise<void> {
    for (let again = view.settle(scored); again.length > 0; again = view.settle(scored))
      for (const [record, outcome] of await this.#scoreAll(again, signal, view)) scored.set(record, outcome);
  }

  async #scoreAll(
    passengers: readonly Passenger[],
    signal: AbortSignal,
    view?: BatchView,
  ): Promise<Map<SourceRecord, Outcome>> {
    for (let attempt = 1; ; attempt++) {
      throwIfAbandoned(signal);
      const { times } = this.#lost;
      try {
        return await this.#scoreOnce(passengers, attempt, view);
      } catch (error) {
        this.#identity = undefined;
        if (!(error instanceof EngineUnavailable)) {
          throwIfAbandoned(signal);
          await this.#lost.mend(error, times);
          continue;
        }
        if (error instanceof AllTimedOut && attempt >= ATTEMPTS_MAX && passengers.length > 1)
          return await this.#scoreEachAlone(passengers, signal, view);
        this.#dependencies.metrics.retried('engine');
        if (error instanceof ModelsReplaced) {
          this.#dependencies.log.info({ attempt }, 'a model was replaced; the batch is scored again');
          continue;
        }
        const { partition } = passengers[0]!.record;
        const wait = { partition, attempt, reason: error.message };
        tellOfWaiting(this.#dependencies.log, wait, 'the engine is not ready; the batch waits');
        await (this.#dependencies.waiting ?? backoff).pause(attempt, signal);
      }
    }
  }

  /** All at once is too much, or one of them holds the others up. */
  async #scoreEachAlone(
    passengers: readonly Passenger[],
    signal: AbortSignal,
    view: BatchView | undefined,
  ): Promise<Map<SourceRecord, Outcome>> {
    const outcomes = new Map<SourceRecord, Outcome>();
    for (const passenger of passengers)
      for (const [record, outcome] of await this.#scoreAll([passenger], signal, view)) outcomes.set(record, outcome);
    return outcomes;
  }

  async #scoreOnce(
    passengers: readonly Passenger[],
    attempt: number,
    view: BatchView | undefined,
  ): Promise<Map<SourceRecord, Outcome>> {
    const identity = await this.#whoAnswers();
    const outcomes = new Map<SourceRecord, Outcome>();
    const refuse = ({ record }: Passenger, fault: RecordFault): unknown =>
      outcomes.set(record, deadLetterOutcome(record, fault, identity));

    const referenced: (Passenger & ReferencedDag)[] = [];
    const keysOf = await this.#referenceKeys(passengers, attempt, view);
    passengers.forEach((passenger, index) => {
      const referenceKeys = keysOf[index]!;
      if ('errorClass' in referenceKeys) refuse(passenger, referenceKeys);
      else {
        const { record, transaction } = passenger;
        referenced.push({ record, transaction, referenceKeys, query: scriptQuery(passenger, this.#options) });
      }
    });

    const [ran, counted] = await Promise.all([this.#runDags(referenced), this.#engine.countPresent(referenced)]);
    const replies = await settle(this.#engine, ran, attempt, 'a key of the DAG');
    const present = await settle(this.#engine, counted, attempt, 'a reference key');
    await Promise.all([this.#confirm(identity), view?.past.confirm(attempt)]);
    referenced.forEach((passenger, index) => {
      const { referenceKeys, query } = passenger;
      const scores = readScores(replies[index], attempt, query !== undefined);
      if ('errorClass' in scores) {
        refuse(passenger, scores);
        return;
      }
      const counted = scores.counted ?? ([referenceKeys.length, Number(present[index])] as const);
      outcomes.set(passenger.record, scoreOutcome(passenger, scores, counted, identity, this.#frame));
    });
    return outcomes;
  }

  async #referenceKeys(
    passengers: readonly Passenger[],
    attempt: number,
    view: BatchView | undefined,
  ): Promise<readonly ReferenceKeys[]> {
    if (this.#options.referencesMax === 0 || this.#options.lookup !== 'client')
      return passengers.map(() => KeyList.NONE);
    const started = performance.now();
    const provisioned = (some: readonly Passenger[]): Promise<readonly ReferenceKeys[]> =>
      this.#provisionedKeys(some, attempt);
    const keys = await (view?.referenceKeys(passengers, attempt, provisioned) ?? provisioned(passengers));
    this.#dependencies.metrics.took('lookup', performance.now() - started, passengers.length);
    return keys;
  }

  async #provisionedKeys(passengers: readonly Passenger[], attempt: number): Promise<readonly ReferenceKeys[]> {
    const { tag } = this.#options;
    const queries = passengers.map((passenger) => referenceQuery(passenger, this.#options));
    const replies = await settle(this.#engine, await this.#engine.lookUp(queries), attempt, referencesKey(tag));
    return replies.map((reply, index) => readReferenceKeys(reply, queries[index]!));
  }

  async #runDags(dags: readonly ReferencedDag[]): Promise<readonly Reply[]> {
    const { metrics } = this.#dependencies;
    const started = performance.now();
    metrics.dagsInFlight(dags.length);
    try {
      return await this.#engine.runDags(dags);
    } finally {
      metrics.dagsInFlight(-dags.length);
      metrics.took('dag', performance.now() - started, dags.length);
      this.#reportBound();
    }
  }

  #reportBound(): void {
    const bound = this.#engine.dagsInFlightBound;
    this.#dependencies.metrics.dagsInFlightBound(bound - this.#reportedBound);
    this.#reportedBound = bound;
  }

  /** Asked only where nobody has been confirmed: a batch costs one question, and it comes after the answers. */
  async #whoAnswers(): Promise<EngineIdentity> {
    if (this.#identity?.connection === this.#engine.connection) return this.#identity;
    const identity = await this.#engine.identify();
    this.#dependencies.metrics.identified(identity, this.#options.tag);
    return identity;
  }

  /** So that no score names a model that did not make it: not one that was replaced meanwhile, not one of another engine. */
  async #confirm(identity: EngineIdentity): Promise<void> {
    await this.#engine.confirm(identity);
    // Replies that came over two connections may be of two engines: the second may hold another model, or nothing.
    if (this.#engine.connection !== identity.connection)
      throw new EngineUnavailable('the connection was lost meanwhile');
    this.#identity = identity;
    this.#lost.answered(identity);
  }
}
