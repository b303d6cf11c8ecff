// A client of the engine as one would write it by hand: look the references up, run the DAG, read the tensor.
import type { Redis } from 'ioredis';
import { referencesKey } from '../../contracts/engine-keys.ts';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { DagBuilder } from '../../stream/dag.ts';
import type { Reply } from '../../stream/engine/reply.ts';
import { readScores } from '../../stream/score.ts';
import type { SimulatedEvent, TimeSpan } from './random-event.ts';

export interface ScoringClientOptions {
  readonly tag: string;
  readonly devices: readonly string[];
  readonly referencesMax: number;
}

export interface SimulatedScore {
  readonly references: number;
  /** Probability of fraud. */
  readonly score: number;
  /** Lookup, DAG and tensor: what the client waited for. */
  readonly milliseconds: number;
}

/** Times of an engine that holds no references. */
const ONE_DAY: TimeSpan = { from: 0, to: 86_400 };

export class ScoringClient {
  readonly #redis: Redis;
  readonly #references: string;
  readonly #referencesMax: number;
  readonly #dags: DagBuilder;

  constructor(redis: Redis, options: ScoringClientOptions) {
    this.#redis = redis;
    this.#references = referencesKey(options.tag);
    this.#referencesMax = options.referencesMax;
    this.#dags = new DagBuilder({ ...options, result: 'none' });
  }

  /** From the oldest reference to the newest. */
  async span(): Promise<TimeSpan> {
    const first = await this.#redis.zrange(this.#references, '0', '0', 'WITHSCORES');
    const last = await this.#redis.zrange(this.#references, '-1', '-1', 'WITHSCORES');
    if (first.length === 0) return ONE_DAY;
    return { from: Math.floor(Number(first[1])), to: Math.floor(Number(last[1])) };
  }

  /** @throws FraudstreamError SIMULATION_REFUSED where the engine does not answer with a score */
  async score({ transaction, interval }: SimulatedEvent): Promise<SimulatedScore> {
    const started = performance.now();
    const referenceKeys = await this.#lookUp(interval);
    const words = this.#dags.arguments({ transaction, referenceKeys });
    const reply = await this.#redis.callBuffer('AI.DAGEXECUTE', ...words).catch((error: unknown) => error);
    const milliseconds = performance.now() - started;
    const scores = readScores(reply as Reply, 1);
    if ('errorClass' in scores) throw refused(scores.reason, reply);
    return { references: referenceKeys.length, score: scores.score, milliseconds };
  }

  #lookUp({ from, to }: TimeSpan): Promise<Buffer[]> {
    return this.#redis.zrevrangebyscoreBuffer(this.#references, to, from, 'LIMIT', 0, this.#referencesMax);
  }
}

function refused(reason: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('SIMULATION_REFUSED', `the engine gave no score: ${reason}`, {
    next: 'store models, script and references: fraudstream provision',
    exitCode: EXIT.unavailable,
    ...(cause instanceof Error ? { cause: messageOf(cause) } : {}),
  });
}
