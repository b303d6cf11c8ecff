// An engine that fails, is full, times out, goes away, and comes back empty or with another model. What each model says of
// a transaction can be worked out from the score alone, so that a score of the wrong one shows.
import { FraudstreamError } from '../../../src/core/errors.ts';
import type { Dag } from '../../../src/stream/dag.ts';
import {
  EngineUnavailable,
  ModelsReplaced,
  type Engine,
  type EngineIdentity,
} from '../../../src/stream/engine/engine.ts';
import { KeyList } from '../../../src/stream/engine/key-list.ts';
import type { Reply } from '../../../src/stream/engine/reply.ts';
import type { ReferenceQuery } from '../../../src/stream/reference.ts';
import { offsetOf, type Kind } from './records.ts';
import type { Actor, Scheduler } from './scheduler.ts';
import type { Seeded } from './seeded.ts';

export const REFERENCES = 2;
const KEYS = KeyList.of(Array.from({ length: REFERENCES }, (_, index) => Buffer.from(`r-${index}`)));

/** Chances for each reply, while faults last. */
export interface EngineFaults {
  readonly timedOut: number;
  readonly full: number;
}

/** Of a float32, rounded as the stream rounds what it publishes. */
export const scoreOf = (offset: number, model: number, references: number): number =>
  Math.round(Math.fround(offset / 100 + (model % 50) / 10_000 + references / 1_000) * 1e9) / 1e9;

export class SimulatedEngine {
  /** Rises with every restart: who was connected notices. */
  starts = 1;
  /** Which model it holds; undefined while it is empty. */
  model: number | undefined = 1;
  isAway = false;
  faults: EngineFaults;
  readonly #random: Seeded;
  readonly #kinds: readonly Kind[];

  constructor(random: Seeded, kinds: readonly Kind[], faults: EngineFaults) {
    this.#random = random;
    this.#kinds = kinds;
    this.faults = faults;
  }

  restart(model: number | undefined): void {
    this.starts++;
    this.isAway = false;
    this.model = model;
  }

  /** As the process `who` is connected to it. */
  connect(scheduler: Scheduler, who: Actor): Engine {
    const engine = this as SimulatedEngine;
    return {
      get connection() {
        return engine.starts;
      },
      identify: async () => {
        await scheduler.step(who);
        return engine.#identity();
      },
      confirm: async ({ tags }) => {
        await scheduler.step(who);
        if (engine.#identity().tags !== tags) throw new ModelsReplaced();
      },
      probe: async () => {
        await scheduler.step(who);
        engine.#identity();
      },
      lookUp: (queries) => this.#answer(scheduler, who, queries, () => this.#lookUp()),
      dagsInFlightBound: 1,
      runDags: (dags) => this.#answer(scheduler, who, dags, (dag) => this.#run(dag)),
      countPresent: (dags) =>
        this.#answer(scheduler, who, dags, ({ referenceKeys }) => engine.#count(referenceKeys.length)),
      close: () => Promise.resolve(),
    };
  }

  #identity(): EngineIdentity {
    if (this.isAway) throw new EngineUnavailable('not connected');
    if (this.model === undefined) throw new FraudstreamError('ENGINE_NOT_PROVISIONED', 'the engine does not hold it');
    return { connection: this.starts, modelDigest: String(this.model), tags: String(this.model) };
  }

  /** Part of the replies comes now, the rest later, perhaps from an engine that has been restarted since. */
  async #answer<Question extends ReferenceQuery | Dag>(
    scheduler: Scheduler,
    who: Actor,
    questions: readonly Question[],
    answer: (question: Question) => Reply,
  ): Promise<readonly Reply[]> {
    await scheduler.step(who);
    const now = questions.slice(0, this.#random.below(questions.length + 1)).map(answer);
    await scheduler.step(who);
    return [...now, ...questions.slice(now.length).map(answer)];
  }

  #lookUp(): Reply {
    if (this.isAway) return disconnected;
    // A set that is not there is an empty one, says Redis.
    return this.model === undefined ? KeyList.NONE : KEYS;
  }

  #count(keys: number): Reply {
    if (this.isAway) return disconnected;
    return this.model === undefined ? 0 : keys;
  }

  #run({ transaction, referenceKeys }: Dag): Reply {
    if (this.isAway) return disconnected;
    if (this.model === undefined) return missing;
    if (this.#random.chance(this.faults.timedOut)) return 'TIMEDOUT';
    if (this.#random.chance(this.faults.full)) return full;
    const offset = offsetOf(transaction.transactionId);
    if (this.#kinds[offset] === 'unscorable') return ['OK', incompatible, 'NA', 'NA', 'NA', 'NA', 'NA', 'NA'];
    return scored(scoreOf(offset, this.model, referenceKeys.length));
  }
}

function errorReply(words: string): Error {
  const error = new Error(words);
  error.name = 'ReplyError';
  return error;
}

const disconnected = new Error('Connection is closed.');
const missing = errorReply('ERR model key is empty');
const full = errorReply("OOM command not allowed when used memory > 'maxmemory'.");
const incompatible = errorReply('ERR Incompatible shapes');

function scored(score: number): Reply {
  const tensor = Buffer.alloc(8);
  tensor.writeFloatLE(score, 0);
  return ['OK', 'OK', 'OK', 'OK', 'OK', tensor, tensor, ['dtype', 'FLOAT', 'shape', [1, 2], 'blob', tensor]];
}
