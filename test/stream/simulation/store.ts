// The few commands of Redis that live history uses, on maps: strings, hashes and sorted sets, and MULTI.
import type { Reply } from '../../../src/stream/engine/reply.ts';

type SortedSet = Map<string, number>;
type Command = (store: SimulatedStore, ...words: string[]) => Reply;

export class SimulatedStore {
  strings = new Map<string, string>();
  hashes = new Set<string>();
  sets = new Map<string, SortedSet>();

  get isEmpty(): boolean {
    return this.strings.size === 0;
  }

  clear(): void {
    for (const keys of [this.strings, this.hashes, this.sets]) keys.clear();
  }

  copy(): SimulatedStore {
    const copy = new SimulatedStore();
    copy.strings = new Map(this.strings);
    copy.hashes = new Set(this.hashes);
    copy.sets = new Map([...this.sets].map(([key, set]) => [key, new Map(set)]));
    return copy;
  }

  connect(): SimulatedConnection {
    return new SimulatedConnection(this);
  }

  set(key: string): SortedSet {
    const known = this.sets.get(key) ?? new Map<string, number>();
    this.sets.set(key, known);
    return known;
  }

  /** By score, then by member. */
  ordered(key: string): (readonly [string, number])[] {
    return [...this.set(key)].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  }
}

export class SimulatedConnection {
  readonly #store: SimulatedStore;
  #queue: (() => Reply)[] | undefined;

  constructor(store: SimulatedStore) {
    this.#store = store;
  }

  execute([name, ...words]: readonly string[]): Reply {
    if (name === 'MULTI') {
      this.#queue = [];
      return 'OK';
    }
    if (name === 'EXEC') {
      const replies = this.#queue?.map((run) => run());
      this.#queue = undefined;
      return replies;
    }
    const run = (): Reply => COMMANDS[name!]!(this.#store, ...words);
    if (this.#queue === undefined) return run();
    this.#queue.push(run);
    return 'QUEUED';
  }
}

const COMMANDS: Readonly<Record<string, Command>> = {
  GET: ({ strings }, key) => bytes(strings.get(key)),
  SET: ({ strings }, key, value, condition) => {
    if (condition === 'XX' && !strings.has(key)) return null;
    strings.set(key, value);
    return 'OK';
  },
  HSET: ({ hashes }, key) => hashes.add(key).size,
  DEL: ({ hashes }, ...keys) => keys.filter((key) => hashes.delete(key)).length,
  ZADD: (store, key, ...pairs) => {
    for (let at = 0; at < pairs.length; at += 2) store.set(key).set(pairs[at + 1]!, Number(pairs[at]));
    return pairs.length / 2;
  },
  ZREM: (store, key, ...members) => members.filter((member) => store.set(key).delete(member)).length,
  ZRANGE: (store, key, from, to) =>
    store
      .ordered(key)
      .slice(Number(from), Number(to) + 1)
      .map(([member]) => bytes(member)),
  ZRANGEBYSCORE: (store, key, _since, until, _limit, from, count) => {
    const isBelow = (score: number): boolean =>
      until.startsWith('(') ? score < Number(until.slice(1)) : until === '+inf' || score <= Number(until);
    const found = store.ordered(key).filter(([, score]) => isBelow(score));
    return found.slice(Number(from), Number(from) + Number(count)).map(([member]) => bytes(member));
  },
  ZREVRANGEBYSCORE: (store, key, until, since, _withScores, _limit, from, count) => {
    const found = store.ordered(key).filter(([, score]) => score >= Number(since) && score <= Number(until));
    const some = found.reverse().slice(Number(from), Number(from) + Number(count));
    return some.flatMap(([member, score]) => [bytes(member), bytes(String(score))]);
  },
};

const bytes = (text: string | undefined): Reply => (text === undefined ? null : Buffer.from(text));
