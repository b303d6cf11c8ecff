// What a command sees of the connection that sent it and of the engine behind it.
import type { Database, Watcher } from '../keyspace/database.ts';
import type { Args } from '../resp/args.ts';
import type { BlockedClient } from './blocking.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import type { User } from './users.ts';

/** What a command may know of, or ask of, the connection. */
export interface Connection {
  /** `127.0.0.1:50000`, or `path:0` for a unix socket. */
  readonly remoteAddress: string;
  readonly localAddress: string;
  /** Ends the connection after the reply was written. */
  close(): void;
  /** Ends the connection at once. */
  destroy(): void;
}

/** Where a command is run from. RedisAI refuses to run models anywhere but directly. */
export type Caller = 'connection' | 'transaction' | 'script';

export interface QueuedCommand {
  readonly command: Command;
  readonly args: Args;
}

/** From MULTI to EXEC or DISCARD. */
export interface Transaction {
  readonly queue: QueuedCommand[];
  /** What the queue takes, approximately. */
  queuedBytes: number;
  /** A command was refused while queuing: EXEC will be refused too. */
  broken: boolean;
}

interface WatchedKey {
  readonly database: Database;
  readonly key: string;
  /** The key was there when WATCH was called: its expiry is a change. */
  readonly existed: boolean;
}

let lastId = 0;

export class Session implements Watcher {
  readonly id = ++lastId;
  readonly engine: Engine;
  readonly connection: Connection;
  readonly connectedAtMs = Date.now();
  lastCommandAtMs = this.connectedAtMs;
  lastCommand = 'NULL';
  /** CLIENT SETNAME's, and SETINFO's library name and version. */
  name = '';
  libraryName = '';
  libraryVersion = '';
  /** RESP version, chosen by HELLO. */
  protocol: 2 | 3 = 2;
  /** Chosen by SELECT. */
  database: Database;
  user: User;
  authenticated: boolean;
  transaction: Transaction | undefined = undefined;
  caller: Caller = 'connection';
  /** CLIENT REPLY. */
  replies: 'on' | 'off' | 'skip-next' | 'skip' = 'on';
  noEvict = false;
  /** In a cluster: ASKING was said for the command that runs, and for the one after it. */
  isAsking = false;
  asksNext = false;
  /** Set while a command waits for a key. */
  blocked: BlockedClient | undefined = undefined;
  /** A watched key has changed. */
  dirty = false;
  /** By database and key. */
  readonly #watched = new Map<string, WatchedKey>();

  constructor(engine: Engine, connection: Connection) {
    this.engine = engine;
    this.connection = connection;
    this.database = engine.keyspace.databases[0]!;
    this.user = engine.users.default;
    this.authenticated = engine.users.default.isOpen;
  }

  watch(key: string): void {
    const id = `${this.database.index}:${key}`;
    if (this.#watched.has(id)) return;
    this.#watched.set(id, { database: this.database, key, existed: this.database.entry(key) !== undefined });
    this.database.watch(key, this);
  }

  /** A watched key has expired without anybody noticing yet. */
  get hasExpiredWatch(): boolean {
    for (const { database, key, existed } of this.#watched.values()) {
      if (existed && database.entry(key) === undefined) return true;
    }
    return false;
  }

  unwatch(): void {
    for (const { database, key } of this.#watched.values()) database.unwatch(key, this);
    this.#watched.clear();
    this.dirty = false;
  }

  /** Back to how a connection starts: RESET. */
  reset(): void {
    this.transaction = undefined;
    this.unwatch();
    this.database = this.engine.keyspace.databases[0]!;
    this.user = this.engine.users.default;
    this.authenticated = this.user.isOpen;
    this.name = '';
    this.protocol = 2;
    this.replies = 'on';
    this.noEvict = false;
    this.asksNext = false;
  }

  /** The connection is gone. */
  end(): void {
    this.blocked?.timeOut();
    this.unwatch();
    this.transaction = undefined;
    this.engine.sessions.delete(this.id);
  }
}
