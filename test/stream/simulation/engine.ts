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
import { offsetOf, offsetOfKey, type Kind } from './records.ts';
import type { Actor, Scheduler } from './scheduler.ts';
import type { Seeded } from './seeded.ts';
import { commandsOf, SimulatedStore } from './store.ts';

const PROVISIONED_KEYS = ['r-0', 'r-1'];
const KEYS = KeyList.of(PROVISIONED_KEYS.map((key) => Buffer.from(key)));

/** Chances for each reply, while faults last. */
export interface EngineFaults {
  readonly timedOut: number;
  readonly full: number;
}

/** Of a float32, rounded as the stream rounds what it publishes. */
export const scoreOf = (offset: number, model: number, references: readonly number[]): number => {
  const seen = references.reduce((sum, reference) => (3 * sum + reference + 5) % 1009, 0);
  return Math.round(Math.fround(offset / 100 + (model % 50) / 10_000 + seen / 2_000) * 1e9) / 1e9;
};

/** What stands for a reference in a score: the offset of a transaction, or a number of its own for a provisioned one. */
export const PROVISIONED: readonly number[] = [-1, -2];

function referenceOf(key: string): number {
  const provisioned = PROVISIONED_KEYS.indexOf(key);
  return provisioned < 0 ? offsetOfKey(key) : PROVISIONED[provisioned]!;
}

export class SimulatedEngine {
  /** Rises with every restart: who was connected notices. */
  starts = 1;
  /** Which model it holds; undefined while it is empty. */
  model: number | undefined = 1;
  isAway = false;
  faults: EngineFaults;
  /** Keys of live history. */
  store = new SimulatedStore();
  /** As a snapshot had them, which a restart may bring back. */
  #kept = new SimulatedStore();
  readonly #random: Seeded;
  readonly #kinds: readonly Kind[];

  constructor(random: Seeded, kinds: readonly Kind[], faults: EngineFaults) {
    this.#random = random;
    this.#kinds = kinds;
    this.faults = faults;
  }

  restart(model: number | undefined): void {
    this.comeBack();
    this.model = model;
    if (model === undefined) this.store = new SimulatedStore();
    else if (!this.store.isEmpty && this.#random.chance(0.5)) this.store = this.#kept.copy();
  }

  /** Over new connections: what was under way over an old one does not arrive. */
  comeBack(): void {
    this.starts++;
    this.isAway = false;
  }

  snapshot(): void {
    this.#kept = this.store.copy();
  }

  loseHistory(): void {
    this.store.clear();
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
      countPresent: (dags) => this.#answer(scheduler, who, dags, (dag) => engine.#count(dag)),
      send: inOrder((commands) => engine.#send(scheduler, who, commands)),
      close: () => Promise.resolve(),
    };
  }

  /** What has left a process arrives, whatever becomes of it; a connection ends with the engine it leads to. */
  async #send(scheduler: Scheduler, who: Actor, text: string): Promise<readonly Reply[]> {
    const { starts } = this;
    const connection = this.store.connect();
    const execute = (words: readonly string[]): Reply =>
      this.isAway || this.starts !== starts ? disconnected : connection.execute(words);
    const commands = commandsOf(text);
    await scheduler.step(WIRE);
    const now = commands.slice(0, this.#random.below(commands.length + 1)).map(execute);
    await scheduler.step(WIRE);
    const replies = [...now, ...commands.slice(now.length).map(execute)];
    await scheduler.step(who);
    return replies;
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

  #count({ referenceKeys }: Dag): Reply {
    return this.isAway ? disconnected : this.#present(referenceKeys).length;
  }

  /** Provisioned references are there as long as the models are. */
  #present(keys: Iterable<Buffer>): readonly string[] {
    const isProvisioned = (key: string): boolean => PROVISIONED_KEYS.includes(key) && this.model !== undefined;
    return [...keys].map(String).filter((key) => isProvisioned(key) || this.store.hashes.has(key));
  }

  #run({ transaction, referenceKeys }: Dag): Reply {
    if (this.isAway) return disconnected;
    if (this.model === undefined) return missing;
    if (this.#random.chance(this.faults.timedOut)) return 'TIMEDOUT';
    if (this.#random.chance(this.faults.full)) return full;
    const offset = offsetOf(transaction.transactionId);
    const references = this.#present(referenceKeys).map(referenceOf);
    // As numbers that overflow: a transaction that cannot be scored lets none be scored that sees it.
    if ([offset, ...references].some((one) => this.#kinds[one] === 'unscorable'))
      return ['OK', incompatible, 'NA', 'NA', 'NA', 'NA', 'NA', 'NA'];
    return scored(scoreOf(offset, this.model, references));
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

/** The wire itself: what is on it goes on though its sender is gone. */
const WIRE: Actor = { isStopped: false, isGone: false };

/** One at a time, as over one connection. */
function inOrder<Result>(send: (commands: string) => Promise<Result>): (commands: string) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve();
  return (commands) => {
    const sent = before.then(() => send(commands));
    before = sent;
    return sent;
  };
}
