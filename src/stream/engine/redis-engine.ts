// The engine of one shard, over one connection: the lookups of a batch as one write, DAGs in pieces with a bound on those in flight.
import { referencesKey } from '../../contracts/engine-keys.ts';
import { DagBuilder } from '../dag.ts';
import type { StreamLimits, StreamOptions } from '../options.ts';
import type { ReferenceQuery } from '../reference.ts';
import type { StreamLog } from '../stream-log.ts';
import { DagFrames, type ReferencedDag } from './dag-frames.ts';
import { DagQueue } from './dag-queue.ts';
import { encodeCommand, encodeExists, encodeLookUps } from './encode-command.ts';
import { openConnection, type EngineConnection } from './engine-connection.ts';
import type { Engine, EngineIdentity } from './engine.ts';
import { InFlightBound } from './in-flight-bound.ts';
import { KeyList } from './key-list.ts';
import { ModelIdentity } from './model-identity.ts';
import { PipelinedConnection } from './pipelined-connection.ts';
import type { Reply } from './reply.ts';

export class RedisEngine implements Engine {
  readonly #connection: EngineConnection;
  readonly #references: string;
  readonly #dags: DagBuilder;
  readonly #frames: DagFrames;
  readonly #identity: ModelIdentity;
  readonly #bound: InFlightBound;
  readonly #queue: DagQueue<ReferencedDag>;
  readonly #resultTtlSeconds: number;

  /** On one server. @throws FraudstreamError where no engine answers within the engine time-out */
  static async open(options: StreamOptions, limits: StreamLimits, log: StreamLog): Promise<RedisEngine> {
    const redis = await openConnection(options, limits.engineTimeoutMs, log);
    return new RedisEngine(new PipelinedConnection(redis, limits.engineTimeoutMs, log), options, limits);
  }

  constructor(connection: EngineConnection, options: StreamOptions, limits: StreamLimits) {
    this.#connection = connection;
    this.#references = referencesKey(options.tag);
    this.#dags = new DagBuilder(options);
    this.#frames = new DagFrames(this.#dags);
    this.#identity = new ModelIdentity((words) => this.#ask(words), options);
    this.#bound = new InFlightBound(options.inFlightMax);
    this.#queue = new DagQueue(this.#bound, (dags) => this.#runPiece(dags));
    this.#resultTtlSeconds = limits.resultTtlSeconds;
  }

  get connection(): number {
    return this.#connection.generation;
  }

  get dagsInFlightBound(): number {
    return this.#bound.current;
  }

  identify(): Promise<EngineIdentity> {
    return this.#identity.of(this.connection);
  }

  confirm(identity: EngineIdentity): Promise<void> {
    return this.#identity.confirm(identity);
  }

  probe(): Promise<void> {
    return this.#identity.probe();
  }

  lookUp(queries: readonly ReferenceQuery[]): Promise<readonly Reply[]> {
    return this.#connection.send(encodeLookUps(this.#references, queries), queries.length, { asksForKeys: true });
  }

  runDags(dags: readonly ReferencedDag[]): Promise<readonly Reply[]> {
    return this.#queue.run(dags);
  }

  async #runPiece(dags: readonly ReferencedDag[]): Promise<readonly Reply[]> {
    const frames = this.#frames.encode(dags);
    if (!this.#dags.persistsEach) return this.#connection.send(frames, dags.length);
    const replies = await this.#connection.send(Buffer.concat([frames, this.#expiries(dags)]), 2 * dags.length);
    return replies.slice(0, dags.length);
  }

  /** A DAG cannot give what it persists a time to live; the shared result is overwritten and needs none. */
  #expiries(dags: readonly ReferencedDag[]): Buffer {
    const seconds = String(this.#resultTtlSeconds);
    return Buffer.concat(dags.map((dag) => encodeCommand(['expire', this.#dags.persistedKey(dag)!, seconds])));
  }

  /** One question where all is there, whatever the size of the batch: neighbours share most of their references. */
  async countPresent(dags: readonly ReferencedDag[]): Promise<readonly Reply[]> {
    const lists = distinctKeys(dags);
    const asked = lists.reduce((sum, { length }) => sum + length, 0);
    if (asked === 0) return dags.map(() => 0);
    const present = (await this.#connection.send(encodeExists(lists), 1))[0];
    if (present instanceof Error) return dags.map(() => present);
    if (present === asked) return dags.map(({ referenceKeys }) => referenceKeys.length);
    return this.#countEach(dags);
  }

  async #countEach(dags: readonly ReferencedDag[]): Promise<readonly Reply[]> {
    const asked = dags.filter(({ referenceKeys }) => referenceKeys.length > 0);
    const frames = asked.map(({ referenceKeys }) => encodeExists([referenceKeys]));
    const counts = await this.#connection.send(Buffer.concat(frames), asked.length);
    const replies = new Map(asked.map((dag, index) => [dag, counts[index]]));
    return dags.map((dag) => replies.get(dag) ?? 0);
  }

  send(commands: string, count: number): Promise<readonly Reply[]> {
    return this.#connection.send(commands, count);
  }

  async #ask(words: readonly (string | Buffer)[]): Promise<Reply> {
    return (await this.#connection.send(encodeCommand(words), 1))[0];
  }

  close(): Promise<void> {
    // Nothing is owed to the engine: every reply that mattered has been waited for.
    this.#connection.close();
    return Promise.resolve();
  }
}

/** What neighbours share is left out; a key that stands in two lists all the same is asked for, and counted, twice. */
function distinctKeys(dags: readonly ReferencedDag[]): KeyList[] {
  const distinct: KeyList[] = [];
  let former = KeyList.NONE;
  for (const { referenceKeys } of dags) {
    const beyond = referenceKeys.beyond(former);
    if (beyond.length > 0) distinct.push(beyond);
    former = referenceKeys;
  }
  return distinct;
}
