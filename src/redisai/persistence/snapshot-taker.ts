// The keys of all databases as they are at one moment, handed out bit by bit while commands go on. An entry that is about to be
// changed or removed is kept first, as it was; an entry that is newer than the moment is left out.
import type { Entry, EntryKeeper } from '../keyspace/database.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import { isAiValue, type Value } from '../keyspace/value.ts';

export interface KeptEntry {
  readonly database: number;
  readonly key: string;
  readonly expiresAtMs: number;
  readonly payload: Uint8Array;
}

interface Waiting extends Omit<KeptEntry, 'payload'> {
  /** Bytes where the value may change in place; else the value, which others only replace. */
  readonly content: Uint8Array | Value;
}

export type EncodeValue = (value: Value) => Uint8Array;

let lastGeneration = 0;

export class SnapshotTaker implements EntryKeeper {
  readonly generation = ++lastGeneration;
  readonly #keyspace: Keyspace;
  readonly #encode: EncodeValue;
  readonly #databaseOf = new Map<ReadonlyMap<string, Entry>, number>();
  readonly #remaining: {
    readonly entries: ReadonlyMap<string, Entry>;
    readonly iterator: MapIterator<[string, Entry]>;
  }[];
  /** Kept before their turn. */
  #waiting: Waiting[] = [];

  constructor(keyspace: Keyspace, encode: EncodeValue) {
    this.#keyspace = keyspace;
    this.#encode = encode;
    this.#remaining = keyspace.databases.map(({ entries }) => ({ entries, iterator: entries.entries() }));
    keyspace.databases.forEach(({ index, entries }) => this.#databaseOf.set(entries, index));
    keyspace.keeper = this;
  }

  keep(entries: ReadonlyMap<string, Entry>, key: string, entry: Entry): void {
    if (entry.generation === this.generation) return;
    entry.generation = this.generation;
    const database = this.#databaseOf.get(entries);
    // A map made since the moment, by FLUSHALL.
    if (database === undefined) return;
    const { value, expiresAtMs } = entry;
    const isImmutable = isAiValue(value) || value.type === 'string';
    this.#waiting.push({ database, key, expiresAtMs, content: isImmutable ? value : this.#encode(value) });
  }

  /** The next entry, undefined after the last. */
  next(): KeptEntry | undefined {
    const waiting = this.#waiting.pop() ?? this.#advance();
    if (waiting === undefined) return undefined;
    const { content, ...rest } = waiting;
    return { ...rest, payload: content instanceof Uint8Array ? content : this.#encode(content) };
  }

  /** No more entries are asked for: commands need not keep any. */
  end(): void {
    if (this.#keyspace.keeper === this) this.#keyspace.keeper = undefined;
    this.#waiting = [];
  }

  #advance(): Waiting | undefined {
    for (let last = this.#remaining.at(-1); last !== undefined; last = this.#remaining.at(-1)) {
      const step = last.iterator.next();
      if (step.done === true) {
        this.#remaining.pop();
        continue;
      }
      const [key, entry] = step.value;
      if (entry.generation === this.generation) continue;
      this.keep(last.entries, key, entry);
      return this.#waiting.pop();
    }
    return undefined;
  }
}
