// The few commands of Redis that live history uses, on maps: hashes and sorted sets, and MULTI.
import type { Reply } from '../../../src/stream/engine/reply.ts';

type SortedSet = Map<string, number>;
type Command = (store: SimulatedStore, ...words: string[]) => Reply;

export class SimulatedStore {
  hashes = new Set<string>();
  sets = new Map<string, SortedSet>();

  get isEmpty(): boolean {
    return this.hashes.size === 0 && this.sets.size === 0;
  }

  clear(): void {
    for (const keys of [this.hashes, this.sets]) keys.clear();
  }

  copy(): SimulatedStore {
    const copy = new SimulatedStore();
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
  HSET: ({ hashes }, key) => hashes.add(key).size,
  DEL: ({ hashes, sets }, ...keys) => keys.filter((key) => hashes.delete(key) || sets.delete(key)).length,
  ZADD: (store, key, ...words) => {
    const isOnlyThere = words[0] === 'XX';
    const pairs = isOnlyThere ? words.slice(1) : words;
    const set = store.set(key);
    for (let at = 0; at < pairs.length; at += 2)
      if (!isOnlyThere || set.has(pairs[at + 1]!)) set.set(pairs[at + 1]!, Number(pairs[at]));
    return 0;
  },
  ZREM: (store, key, ...members) => members.filter((member) => store.set(key).delete(member)).length,
  ZRANGE: (store, key, from, to, ...withScores) => {
    const found = store.ordered(key).slice(Number(from), to === '-1' ? undefined : Number(to) + 1);
    return withScores.length === 0 ? found.map(([member]) => bytes(member)) : found.flatMap(memberAndScore);
  },
  ZRANGEBYSCORE: (store, key, _since, until, _limit, from, count) => {
    const isBelow = (score: number): boolean =>
      until.startsWith('(') ? score < Number(until.slice(1)) : until === '+inf' || score <= Number(until);
    const found = store.ordered(key).filter(([, score]) => isBelow(score));
    return found.slice(Number(from), Number(from) + Number(count)).map(([member]) => bytes(member));
  },
  ZREVRANGEBYSCORE: (store, key, until, since, _withScores, _limit, from, count) => {
    const found = store.ordered(key).filter(([, score]) => score >= Number(since) && score <= Number(until));
    const some = found.reverse().slice(Number(from), Number(from) + Number(count));
    return some.flatMap(memberAndScore);
  },
};

const bytes = (text: string): Reply => Buffer.from(text);
const memberAndScore = ([member, score]: readonly [string, number]): Reply[] => [bytes(member), bytes(String(score))];

/** Texts of these commands are ASCII: a character is a byte. */
export function commandsOf(text: string): string[][] {
  const lines = text.split('\r\n');
  const commands: string[][] = [];
  for (let at = 0; at + 1 < lines.length;) {
    const words = Number(lines[at]!.slice(1));
    commands.push(Array.from({ length: words }, (_, index) => lines[at + 2 * index + 2]!));
    at += 1 + 2 * words;
  }
  return commands;
}
