// The engine over ioredis: lookups as one pipeline, DAGs in short pipelines with a bound on those in flight.
import type { ChainableCommander, Redis } from 'ioredis';
import pLimit, { type LimitFunction } from 'p-limit';
import { referencesKey } from '../../contracts/engine-keys.ts';
import { DagBuilder, type Dag } from '../dag.ts';
import type { StreamLimits, StreamOptions } from '../options.ts';
import { lookUpCommand, type ReferenceQuery } from '../reference.ts';
import type { StreamLog } from '../stream-log.ts';
import { openConnection } from './engine-connection.ts';
import type { Engine, EngineIdentity } from './engine.ts';
import { ModelIdentity } from './model-identity.ts';
import type { Reply } from './reply.ts';

/** DAGs written to the socket at once: enough that a write costs little, few enough that the bound is felt. */
const PIPELINE_DAGS = 16;

export class RedisEngine implements Engine {
  connection = 1;
  readonly #redis: Redis;
  readonly #references: string;
  readonly #dags: DagBuilder;
  readonly #identity: ModelIdentity;
  readonly #pipelineDags: number;
  readonly #inFlight: LimitFunction;
  readonly #resultTtlSeconds: number;

  /** @throws FraudstreamError where no engine answers within the engine time-out */
  static async open(options: StreamOptions, limits: StreamLimits, log: StreamLog): Promise<RedisEngine> {
    return new RedisEngine(await openConnection(options.redisaiUrl, limits.engineTimeoutMs, log), options, limits);
  }

  private constructor(redis: Redis, options: StreamOptions, limits: StreamLimits) {
    this.#redis = redis;
    // From here on what ioredis sends again goes to whoever answers then: its replies count as another connection's.
    redis.on('close', () => this.connection++);
    this.#references = referencesKey(options.tag);
    this.#dags = new DagBuilder(options);
    this.#identity = new ModelIdentity(redis, options);
    this.#pipelineDags = Math.min(PIPELINE_DAGS, options.inFlightMax);
    this.#inFlight = pLimit(Math.floor(options.inFlightMax / this.#pipelineDags));
    this.#resultTtlSeconds = limits.resultTtlSeconds;
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
    const pipeline = this.#redis.pipeline();
    for (const query of queries) pipeline.callBuffer(...lookUpCommand(this.#references, query));
    return execute(pipeline);
  }

  async runDags(dags: readonly Dag[]): Promise<readonly Reply[]> {
    const pipelines: Promise<readonly Reply[]>[] = [];
    for (let from = 0; from < dags.length; from += this.#pipelineDags) {
      const some = dags.slice(from, from + this.#pipelineDags);
      pipelines.push(this.#inFlight(() => this.#runPipeline(some)));
    }
    return (await Promise.all(pipelines)).flat();
  }

  async #runPipeline(dags: readonly Dag[]): Promise<readonly Reply[]> {
    const pipeline = this.#redis.pipeline();
    for (const dag of dags) pipeline.callBuffer('AI.DAGEXECUTE', ...this.#dags.arguments(dag));
    this.#letExpire(pipeline, dags);
    return (await execute(pipeline)).slice(0, dags.length);
  }

  /** A DAG cannot give what it persists a time to live; the shared result is overwritten and needs none. */
  #letExpire(pipeline: ChainableCommander, dags: readonly Dag[]): void {
    if (!this.#dags.persistsEach) return;
    for (const dag of dags) pipeline.expire(this.#dags.persistedKey(dag)!, this.#resultTtlSeconds);
  }

  async close(): Promise<void> {
    // Nothing is owed to the engine: every reply that mattered has been waited for.
    this.#redis.disconnect();
    return Promise.resolve();
  }
}

/** A reply for each command; a failure of the whole pipeline stands for each of them. */
async function execute(pipeline: ChainableCommander): Promise<readonly Reply[]> {
  const commands = pipeline.length;
  if (commands === 0) return [];
  try {
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, reply]) => error ?? (reply as Reply));
  } catch (error) {
    return new Array<Reply>(commands).fill(error instanceof Error ? error : new Error(String(error)));
  }
}
