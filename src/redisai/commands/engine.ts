// What all connections of one engine share: the keys, the commands, the settings, the users, the counters.
import type { Cluster } from '../cluster/cluster.ts';
import { Keyspace } from '../keyspace/keyspace.ts';
import type { AiValue } from '../keyspace/value.ts';
import type { CommandTable } from './command-table.ts';
import { Departures } from './departures.ts';
import type { Pause } from './pause.ts';
import { Settings } from './settings.ts';
import type { Session } from './session.ts';
import { Slowlog } from './slowlog.ts';
import { Statistics } from './statistics.ts';
import { Users } from './users.ts';

/** A part of INFO: `# name`, then `field:value` lines. */
export interface InfoSection {
  readonly name: string;
  readonly lines: readonly string[];
}

/** State and duties of a family of commands that the rest of the engine does not know: the AI commands. */
export interface EngineModule {
  /** Sections that INFO shows after the built-in ones, each under its own name. */
  infoSections(): readonly InfoSection[];
  /** Makes a value again from what its dump() gave. @throws ReplyError */
  load(type: AiValue['type'], bytes: Uint8Array): AiValue | Promise<AiValue>;
  /** Ends threads and frees what is held. */
  close(): Promise<void>;
}

/** Keeps the keys in a file; absent where the engine keeps them in memory only. */
export interface Persistence {
  readonly folder: string;
  readonly fileName: string;
  /** As CONFIG GET save shows it: pairs of seconds and changes. */
  readonly schedule: string;
  readonly isSaving: boolean;
  readonly hasFailed: boolean;
  readonly lastSavedAtMs: number;
  readonly changesSinceSave: number;
  /** Resolves when all keys as of now are safe on disk. @throws FraudstreamError */
  save(): Promise<void>;
}

export interface EngineParts {
  readonly commands: CommandTable;
  readonly settings?: Settings;
  /** Where the engine is a node of one. */
  readonly cluster?: Cluster;
  readonly createModule?: (engine: Engine) => EngineModule;
  readonly createPersistence?: (engine: Engine) => Persistence;
  /** Asked for by SHUTDOWN. */
  readonly onShutdown?: (save: boolean) => void;
  /** Told of what went wrong and is nobody's input. */
  readonly onDefect?: (defect: unknown) => void;
}

export class Engine {
  readonly keyspace = new Keyspace();
  readonly commands: CommandTable;
  readonly settings: Settings;
  readonly cluster: Cluster | undefined;
  readonly statistics = new Statistics();
  readonly users: Users;
  readonly slowlog: Slowlog;
  /** Open connections by id. */
  readonly sessions = new Map<number, Session>();
  readonly departures = new Departures();
  readonly startedAtMs = Date.now();
  /** 40 hexadecimal digits, new with every start. */
  readonly runId: string;
  readonly module: EngineModule | undefined;
  readonly persistence: Persistence | undefined;
  /** @param save keep the keys, where there is persistence */
  readonly shutdown: (save: boolean) => void;
  readonly onDefect: (defect: unknown) => void;

  constructor(parts: EngineParts) {
    this.commands = parts.commands;
    this.settings = parts.settings ?? new Settings();
    this.cluster = parts.cluster;
    this.slowlog = new Slowlog(this.settings);
    this.users = new Users(this.settings);
    this.runId = Array.from({ length: 40 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
    this.shutdown = parts.onShutdown ?? ((): void => undefined);
    this.onDefect = parts.onDefect ?? ((): void => undefined);
    this.module = parts.createModule?.(this);
    this.persistence = parts.createPersistence?.(this);
  }

  /** Set by CLIENT PAUSE while it lasts. */
  pause: Pause | undefined = undefined;

  /** The process itself comes near its limit: it would end, and everything with it. */
  isHeapFull = false;

  /** True where a command that takes memory must be refused. */
  get isOutOfMemory(): boolean {
    if (this.isHeapFull) return true;
    const limit = this.settings.maxMemoryBytes;
    return limit > 0 && this.keyspace.usedBytes > limit;
  }
}
