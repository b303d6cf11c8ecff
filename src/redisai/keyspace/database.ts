// One of the numbered databases: keys to values, with expiry, watchers and a count of the memory that they take.
import { ScanIndex } from './scan-index.ts';
import { SlotIndex } from './slot-index.ts';
import { isEmptyCollection, type Value } from './value.ts';

/** Approximate cost of a key beside its own text and its value. */
const KEY_BYTES = 120;

/** Shared by all databases of an engine: the time, as of the last chunk read, and the bytes in use. */
export interface KeyspaceClock {
  nowMs: number;
  usedBytes: number;
  expiredKeys: number;
  hits: number;
  misses: number;
  /** Keys that were written while a client waited for them. */
  readonly readyKeys: ReadyKey[];
  /** Changes of keys since the start. */
  changes: number;
  /** There while a snapshot is taken. */
  keeper: EntryKeeper | undefined;
}

/** Takes a snapshot while commands go on: told of an entry before it changes or goes, so that it can be kept as it was. */
export interface EntryKeeper {
  /** Entries that carry this number have been kept, or are newer than the snapshot. */
  readonly generation: number;
  /** @param entries the map that it is in: databases may change places */
  keep(entries: ReadonlyMap<string, Entry>, key: string, entry: Entry): void;
}

/** A client that waits for a key to be written. */
export interface Waiter {
  serve(): boolean;
}

export interface ReadyKey {
  readonly database: Database;
  readonly key: string;
}

/** What WATCH leaves behind; any change of the key makes it dirty. */
export interface Watcher {
  dirty: boolean;
}

export class Entry {
  value: Value;
  /** Milliseconds since the epoch; 0 where the key does not expire. */
  expiresAtMs = 0;
  usedAtMs: number;
  /** What the value added to usedBytes when it was last counted. */
  countedBytes: number;
  /** Of the last snapshot that has seen it; 0 for none. */
  generation = 0;

  constructor(value: Value, nowMs: number) {
    this.value = value;
    this.usedAtMs = nowMs;
    this.countedBytes = value.memoryBytes;
  }
}

/** Keys are byte strings held as latin1 text. */
export class Database {
  readonly index: number;
  readonly #clock: KeyspaceClock;
  #entries = new Map<string, Entry>();
  #index: ScanIndex | undefined = undefined;
  #slotIndex: SlotIndex | undefined = undefined;
  #volatile = new ScanIndex([]);
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #waiters = new Map<string, Set<Waiter>>();

  constructor(index: number, clock: KeyspaceClock) {
    this.index = index;
    this.#clock = clock;
  }

  /** Number of keys, those included whose expiry has not been noticed yet. */
  get size(): number {
    return this.#entries.size;
  }

  get expiringCount(): number {
    return this.#volatile.size;
  }

  /** The value of a key, undefined if there is none or it has expired. */
  get(key: string): Value | undefined {
    const entry = this.entry(key);
    if (entry === undefined) {
      this.#clock.misses++;
      return undefined;
    }
    this.#clock.hits++;
    // Whoever gets a collection may change it in place.
    this.#clock.keeper?.keep(this.#entries, key, entry);
    entry.usedAtMs = this.#clock.nowMs;
    return entry.value;
  }

  /** The entry of a key, without counting as a use of it. */
  entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAtMs !== 0 && entry.expiresAtMs <= this.#clock.nowMs) {
      this.#expire(key);
      return undefined;
    }
    return entry;
  }

  /** Stores a value under a key, in place of whatever it held; its expiry goes unless `keepExpiry`. */
  set(key: string, value: Value, keepExpiry = false): void {
    const entry = this.entry(key);
    if (entry === undefined) {
      this.#add(key, new Entry(value, this.#clock.nowMs));
      return;
    }
    this.#clock.keeper?.keep(this.#entries, key, entry);
    if (!keepExpiry && entry.expiresAtMs !== 0) this.persist(key);
    entry.value = value;
    entry.usedAtMs = this.#clock.nowMs;
    this.#count(entry);
    this.touch(key);
  }

  /** To be called after a value was changed in place: counts its memory, tells watchers, removes an empty collection. */
  changed(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    if (isEmptyCollection(entry.value)) {
      this.delete(key);
      return;
    }
    this.#count(entry);
    this.touch(key);
  }

  /** True if there was such a key. */
  delete(key: string): boolean {
    const entry = this.entry(key);
    if (entry === undefined) return false;
    this.#remove(key, entry);
    this.touch(key);
    return true;
  }

  /** The key must be there. A time that has passed removes it. */
  expireAt(key: string, expiresAtMs: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#clock.keeper?.keep(this.#entries, key, entry);
    entry.expiresAtMs = Math.max(1, expiresAtMs);
    this.#volatile.add(key);
    if (expiresAtMs <= this.#clock.nowMs) this.delete(key);
    else this.touch(key);
  }

  /** Removes the expiry of a key; true if it had one. */
  persist(key: string): boolean {
    const entry = this.entry(key);
    if (entry === undefined || entry.expiresAtMs === 0) return false;
    this.#clock.keeper?.keep(this.#entries, key, entry);
    entry.expiresAtMs = 0;
    this.#volatile.remove(key);
    this.touch(key);
    return true;
  }

  /** Keys and entries as they are now: a later clear() or swapWith() makes new maps and leaves this one as it was. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries;
  }

  /** All keys that have not expired, in no promised order. */
  *keys(): Generator<string> {
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAtMs === 0 || entry.expiresAtMs > this.#clock.nowMs) yield key;
    }
  }

  /** Keys by position, for SCAN and RANDOMKEY. */
  get scanIndex(): ScanIndex {
    return (this.#index ??= new ScanIndex(this.#entries.keys()));
  }

  /** Keys by hash slot, for a node of a cluster. */
  get slotIndex(): SlotIndex {
    return (this.#slotIndex ??= new SlotIndex(this.#entries.keys()));
  }

  clear(): void {
    this.#clock.changes += this.#entries.size;
    for (const key of this.#watchers.keys()) if (this.#entries.has(key)) this.touch(key);
    for (const [key, entry] of this.#entries) this.#clock.usedBytes -= KEY_BYTES + key.length + entry.countedBytes;
    this.#entries = new Map();
    this.#index = undefined;
    this.#slotIndex = undefined;
    this.#volatile = new ScanIndex([]);
  }

  /** SWAPDB: the keys change places, the databases stay. */
  swapWith(other: Database): void {
    this.#clock.changes++;
    [this.#entries, other.#entries] = [other.#entries, this.#entries];
    [this.#index, other.#index] = [other.#index, this.#index];
    [this.#slotIndex, other.#slotIndex] = [other.#slotIndex, this.#slotIndex];
    [this.#volatile, other.#volatile] = [other.#volatile, this.#volatile];
    for (const database of [this, other]) {
      for (const key of database.#watchers.keys()) database.touch(key);
      for (const key of database.#waiters.keys()) database.touch(key);
    }
  }

  watch(key: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(key);
    if (watchers === undefined) this.#watchers.set(key, new Set([watcher]));
    else watchers.add(watcher);
  }

  unwatch(key: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(key);
    watchers?.delete(watcher);
    if (watchers?.size === 0) this.#watchers.delete(key);
  }

  /** A client waits for the key: every later write of it makes it ready. */
  wait(key: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(key);
    if (waiters === undefined) this.#waiters.set(key, new Set([waiter]));
    else waiters.add(waiter);
  }

  stopWaiting(key: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(key);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(key);
  }

  /** Those who wait for a key, the longest waiting first; a copy, since serving them ends their waiting. */
  waitersFor(key: string): Waiter[] {
    return [...(this.#waiters.get(key) ?? [])];
  }

  touch(key: string): void {
    this.#clock.changes++;
    if (this.#waiters.size > 0 && this.#waiters.has(key)) this.#clock.readyKeys.push({ database: this, key });
    if (this.#watchers.size === 0) return;
    for (const watcher of this.#watchers.get(key) ?? []) watcher.dirty = true;
  }

  /** Removes up to `count` expired keys among the next `count` volatile ones; returns the cursor to go on with. */
  removeExpired(cursor: number, count: number): number {
    const scan = this.#volatile.scan(cursor, count);
    for (const key of scan.keys) this.entry(key);
    return scan.cursor;
  }

  #expire(key: string): void {
    this.#remove(key, this.#entries.get(key)!);
    this.#clock.expiredKeys++;
    this.touch(key);
  }

  #add(key: string, entry: Entry): void {
    entry.generation = this.#clock.keeper?.generation ?? 0;
    this.#entries.set(key, entry);
    this.#index?.add(key);
    this.#slotIndex?.add(key);
    this.#clock.usedBytes += KEY_BYTES + key.length + entry.countedBytes;
    this.touch(key);
  }

  #remove(key: string, entry: Entry): void {
    this.#clock.keeper?.keep(this.#entries, key, entry);
    this.#entries.delete(key);
    this.#index?.remove(key);
    this.#slotIndex?.remove(key);
    if (entry.expiresAtMs !== 0) this.#volatile.remove(key);
    this.#clock.usedBytes -= KEY_BYTES + key.length + entry.countedBytes;
  }

  #count(entry: Entry): void {
    const bytes = entry.value.memoryBytes;
    this.#clock.usedBytes += bytes - entry.countedBytes;
    entry.countedBytes = bytes;
  }
}
