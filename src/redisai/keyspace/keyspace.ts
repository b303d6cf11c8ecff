// All databases of an engine, on one clock and one memory account.
import { Database, type EntryKeeper, type KeyspaceClock, type ReadyKey } from './database.ts';

export const DATABASES = 16;

/** Volatile keys looked at in one database by one step of the expiry cycle. */
const EXPIRY_STEP_KEYS = 200;

export class Keyspace implements KeyspaceClock {
  /** Time that expiry goes by: set from the wall clock once per chunk read, so that one command sees one moment. */
  nowMs = Date.now();
  usedBytes = 0;
  expiredKeys = 0;
  hits = 0;
  misses = 0;
  changes = 0;
  keeper: EntryKeeper | undefined = undefined;
  readonly readyKeys: ReadyKey[] = [];
  readonly databases: readonly Database[] = Array.from({ length: DATABASES }, (_, index) => new Database(index, this));
  readonly #expiryCursors = new Array<number>(DATABASES).fill(0);

  get size(): number {
    return this.databases.reduce((sum, { size }) => sum + size, 0);
  }

  /** One bounded step of the active expiry: what nobody reads must go too. */
  expireSome(): void {
    for (const database of this.databases) {
      if (database.expiringCount === 0) continue;
      const cursor = this.#expiryCursors[database.index]!;
      this.#expiryCursors[database.index] = database.removeExpired(cursor, EXPIRY_STEP_KEYS);
    }
  }

  clear(): void {
    for (const database of this.databases) database.clear();
  }
}
