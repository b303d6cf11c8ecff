// A member of the group: the stream's own partition worker, pipeline and Kafka log, on a simulated client and engine. It may
// believe for a while that the partition is its own when it is not; several may at once.
import { FraudstreamError } from '../../../src/core/errors.ts';
import { Abandoned, throwIfAbandoned, type Waiting } from '../../../src/stream/backoff.ts';
import type { Engine } from '../../../src/stream/engine/engine.ts';
import { LiveHistory, type LiveHistoryParts } from '../../../src/stream/history/live-history.ts';
import { KafkaPartitionLog } from '../../../src/stream/kafka/publish.ts';
import { STREAM_LIMITS } from '../../../src/stream/options.ts';
import { PartitionWorker } from '../../../src/stream/partition-worker.ts';
import { Pipeline } from '../../../src/stream/pipeline.ts';
import type { SourceBatch } from '../../../src/stream/source-record.ts';
import { NO_LOG } from '../../../src/stream/stream-log.ts';
import { NO_METRICS } from '../../../src/stream/stream-metrics.ts';
import { simulatedClient } from './client.ts';
import { TOPIC } from './records.ts';
import { actor, type Actor } from './scheduler.ts';
import { simulatedTail } from './tail.ts';
import type { World } from './world.ts';

const BATCH_OFFSETS_MAX = 7;
/** Given, because making one up each time is slow. */
const HANDED_BACK = 'handed back';

export class Member {
  readonly #world: World;
  #process: Actor = actor();
  #worker: PartitionWorker;
  #turn = new AbortController();
  /** Where it believes it should go on. */
  #believed = 0;

  constructor(world: World) {
    this.#world = world;
    this.#worker = this.#start();
    this.#turn.abort(HANDED_BACK);
  }

  get owns(): boolean {
    return !this.#turn.signal.aborted;
  }

  /** As after a rebalance, which may leave it what it had. */
  assign(): void {
    this.revoke();
    this.#turn = new AbortController();
    this.#world.owner = this.#process;
    void this.#worker.doubt();
    // Now and then not before its first batch, as where there are many partitions.
    if (this.#world.random.chance(0.5)) void this.#prepare(this.#turn.signal);
    void this.#consume(this.#turn.signal);
  }

  revoke(): void {
    this.#turn.abort(HANDED_BACK);
  }

  /** SIGSTOP and SIGCONT: it does nothing, and then goes on as if nothing had been. */
  stop(): void {
    this.#process.isStopped = true;
  }

  resume(): void {
    this.#process.isStopped = false;
  }

  /** kill -9, wherever it is; a supervisor starts another one. */
  kill(): void {
    this.revoke();
    this.#world.network.kill(this.#process);
    this.#process = actor();
    this.#worker = this.#start();
  }

  async #prepare(signal: AbortSignal): Promise<void> {
    try {
      await this.#worker.prepare(signal);
    } catch (error) {
      if (error instanceof Abandoned) return;
      if (!(error instanceof FraudstreamError)) this.#world.defects.push(error);
      this.#restart();
    }
  }

  /** In the calm a supervisor's new process is given what the old one had. */
  #restart(): void {
    const had = this.owns;
    this.kill();
    if (had && this.#world.isCalm) this.assign();
  }

  async #consume(signal: AbortSignal): Promise<void> {
    const { scheduler, broker, random } = this.#world;
    const who = this.#process;
    this.#believed = random.chance(0.2) ? random.below(this.#world.input.due) : (broker.committed ?? 0);
    let before: SourceBatch | undefined;
    while (!signal.aborted) {
      await scheduler.step(who);
      // Now and then a batch comes again.
      const batch = before !== undefined && random.chance(0.1) ? before : this.#fetch();
      before = batch;
      if (!(await this.#take(batch, signal))) return;
    }
  }

  /** @returns false where the process has ended. */
  async #take(batch: SourceBatch, signal: AbortSignal): Promise<boolean> {
    try {
      if (batch.records.length > 0) this.#believed = await this.#worker.take(batch, signal);
      else this.#passOver(batch);
    } catch (error) {
      if (error instanceof Abandoned) return true;
      if (!(error instanceof FraudstreamError)) this.#world.defects.push(error);
      this.#restart();
      return false;
    }
    return true;
  }

  #passOver({ start, end }: SourceBatch): void {
    void this.#worker.passOver(start, end);
    this.#believed = end;
  }

  #fetch(): SourceBatch {
    const { random, input } = this.#world;
    const start = this.#believed;
    const end = Math.max(start, Math.min(input.kinds.length, start + 1 + random.below(BATCH_OFFSETS_MAX)));
    const records = input.records.filter(({ offset }) => offset >= start && offset < end);
    return { partition: 0, start, end, records, highWatermark: input.kinds.length };
  }

  #start(): PartitionWorker {
    const { world, who } = { world: this.#world, who: this.#process };
    const waiting: Waiting = {
      async pause(_attempt, signal) {
        await world.scheduler.step(who);
        throwIfAbandoned(signal);
      },
    };
    const engine = world.engine.connect(world.scheduler, who);
    const history = this.#history(engine, who, (records, signal) => pipeline.decode(records, signal));
    const pipeline = new Pipeline({ engine, log: NO_LOG, metrics: NO_METRICS, waiting, history }, world.options);
    const client = simulatedClient(
      { broker: world.broker, network: world.network, topic: TOPIC, records: world.input.kinds.length },
      who,
    );
    const log = new KafkaPartitionLog(client, world.options, STREAM_LIMITS, NO_LOG, (_partition, next) =>
      world.network.call(who, () => world.commitAsMember(who, next)),
    );
    return new PartitionWorker(0, {
      partitions: world.spoil(log, { believed: () => this.#believed, committed: () => world.broker.committed ?? 0 }),
      score: (records, signal) => pipeline.score(records, signal),
      waiting,
      log: NO_LOG,
      published: () => {},
      retried: () => {},
      batchRecordsMax: 4,
      history,
    });
  }

  #history(engine: Engine, who: Actor, decode: LiveHistoryParts['decode']): LiveHistory | undefined {
    const world = this.#world;
    const { history } = world.options;
    if (history === undefined) return undefined;
    return new LiveHistory(
      { engine, tail: simulatedTail(world, who), decode, log: NO_LOG },
      { ...world.options, history },
    );
  }
}
