// Keeps the keys of an engine in a folder: loads them at the start, writes them when they have changed, and at the end.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { dumpValue, loadValue } from '../commands/dump-payload.ts';
import type { Engine, Persistence } from '../commands/engine.ts';
import type { Value } from '../keyspace/value.ts';
import { keptUsers, restoreUser } from './kept-users.ts';
import { damaged, readSnapshot } from './read-snapshot.ts';
import { USERS } from './snapshot-format.ts';
import { SnapshotTaker, type KeptEntry } from './snapshot-taker.ts';
import { writeSnapshot } from './write-snapshot.ts';

export interface SnapshotSchedule {
  readonly folder: string;
  /** Changed keys are written after so many seconds … */
  readonly seconds: number;
  /** … or after so many changes. */
  readonly writes: number;
}

const FILE_NAME = 'engine.snapshot';
const LOOK_EVERY_MS = 250;
/** After a failure (a full disk), the next try waits so long. */
const RETRY_MS = 5000;

export class Snapshots implements Persistence {
  readonly folder: string;
  readonly fileName = FILE_NAME;
  hasFailed = false;
  lastSavedAtMs = Date.now();
  readonly #engine: Engine;
  readonly #schedule: SnapshotSchedule;
  readonly #onFailure: (error: FraudstreamError) => void;
  #saving: Promise<void> | undefined;
  #savedChanges = 0;
  #triedAtMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(engine: Engine, schedule: SnapshotSchedule, onFailure: (error: FraudstreamError) => void) {
    this.#engine = engine;
    this.#schedule = schedule;
    this.#onFailure = onFailure;
    this.folder = resolve(schedule.folder);
  }

  get schedule(): string {
    return `${this.#schedule.seconds} 1 1 ${this.#schedule.writes}`;
  }

  get isSaving(): boolean {
    return this.#saving !== undefined;
  }

  get changesSinceSave(): number {
    return this.#engine.keyspace.changes - this.#savedChanges;
  }

  /** Takes the keys of the last snapshot over. To be called before anybody is served. @throws FraudstreamError */
  async load(): Promise<void> {
    await this.#makeFolder();
    for await (const entry of readSnapshot(this.#path)) await this.#restore(entry);
    this.#savedChanges = this.#engine.keyspace.changes;
  }

  startTimer(): void {
    this.#timer = setInterval(() => {
      // The failure has been told; the next look tries again.
      if (this.#isDue()) this.save().catch(() => undefined);
    }, LOOK_EVERY_MS);
  }

  async save(): Promise<void> {
    // One that is under way may have begun before the last change.
    await this.#saving?.catch(() => undefined);
    this.#saving ??= this.#write().finally(() => (this.#saving = undefined));
    await this.#saving;
  }

  /** @param save whether to keep what has changed since the last snapshot */
  async close(save: boolean): Promise<void> {
    clearInterval(this.#timer);
    if (save && this.changesSinceSave > 0) await this.save();
    else await this.#saving?.catch(() => undefined);
  }

  get #path(): string {
    return join(this.folder, FILE_NAME);
  }

  #isDue(): boolean {
    const { seconds, writes } = this.#schedule;
    const nowMs = Date.now();
    if (this.isSaving || this.changesSinceSave === 0) return false;
    if (this.hasFailed && nowMs - this.#triedAtMs < RETRY_MS) return false;
    return this.changesSinceSave >= writes || nowMs - this.lastSavedAtMs >= seconds * 1000;
  }

  async #write(): Promise<void> {
    const { keyspace, users } = this.#engine;
    const changes = keyspace.changes;
    const startedAtMs = Date.now();
    this.#triedAtMs = startedAtMs;
    const taker = new SnapshotTaker(keyspace, dumpValue);
    try {
      await writeSnapshot(this.#path, keptUsers(users), taker);
      this.#savedChanges = changes;
      this.lastSavedAtMs = startedAtMs;
      this.hasFailed = false;
    } catch (error) {
      this.hasFailed = true;
      const failure = this.#unwritable(error);
      this.#onFailure(failure);
      throw failure;
    } finally {
      taker.end();
    }
  }

  async #restore(entry: KeptEntry): Promise<void> {
    const { keyspace } = this.#engine;
    const { database: index, key, expiresAtMs, payload } = entry;
    if (index === USERS) {
      this.#restoreUser(entry);
      return;
    }
    const database = keyspace.databases[index];
    if (database === undefined) throw damaged(this.#path, `it has a database ${index}`);
    if (expiresAtMs !== 0 && expiresAtMs <= keyspace.nowMs) return;
    database.set(key, await this.#valueOf(key, payload));
    if (expiresAtMs !== 0) database.expireAt(key, expiresAtMs);
  }

  #restoreUser(entry: KeptEntry): void {
    const { users, commands } = this.#engine;
    const problem = restoreUser(users, entry, commands);
    if (problem !== undefined)
      throw damaged(this.#path, `the user ${entry.key.slice(0, 100)} cannot be made again: ${problem}`);
  }

  async #valueOf(key: string, payload: Uint8Array): Promise<Value> {
    const shown = JSON.stringify(key.slice(0, 100));
    try {
      const value = await loadValue(this.#engine, Buffer.from(payload));
      if (value !== undefined) return value;
    } catch (error) {
      throw damaged(this.#path, `the value of the key ${shown} cannot be made again: ${messageOf(error)}`, error);
    }
    throw damaged(this.#path, `the value of the key ${shown} is damaged`);
  }

  async #makeFolder(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  #unwritable(error: unknown): FraudstreamError {
    return new FraudstreamError(
      'ENGINE_SNAPSHOT_UNWRITABLE',
      `The keys cannot be kept in ${this.folder}: ${messageOf(error)}.`,
      {
        next: 'Give a folder that this user may write to, on a disk that has room.',
        exitCode: EXIT.unavailable,
        retriable: true,
        cause: error,
      },
    );
  }
}
