// The one door of the embedded engine: a server that answers as Redis with the RedisAI module does.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { isLocalOnly } from './commands/access.ts';
import { AiModule } from './commands/ai-module.ts';
import { Engine } from './commands/engine.ts';
import { Settings } from './commands/settings.ts';
import { Cluster } from './cluster/cluster.ts';
import type { PlannedNode } from './cluster/cluster-node.ts';
import { ClusterMembership } from './cluster-membership.ts';
import { COMMANDS } from './commands/table.ts';
import type { EngineEvent, EngineLog } from './engine-event.ts';
import { Snapshots } from './persistence/snapshots.ts';
import { EngineServer } from './server.ts';

export { readNodesFile } from './cluster/nodes-file.ts';
export type { EngineEvent, EngineLog, PlannedNode };

export interface EngineOptions {
  /** Address to listen on; beyond this machine only with a password. Default 127.0.0.1. */
  readonly host?: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Listen on a unix socket instead. */
  readonly socketPath?: string;
  /** Of the default user. */
  readonly password?: string;
  /** Above this, commands that take memory are refused; 0 (the default): no limit. */
  readonly maxMemoryBytes?: number;
  readonly maxClients?: number;
  /** Connections that send nothing for so long are closed; 0 (the default): never. */
  readonly idleSecondsMax?: number;
  /** Folder to keep all keys in; without it they end with the engine. */
  readonly dir?: string;
  /** Changed keys are written after so many seconds (default 60) … */
  readonly snapshotSeconds?: number;
  /** … or after so many changes (default 10,000): what a crash may lose. */
  readonly snapshotWrites?: number;
  /** Makes it a node of a cluster, which listens where its entry says; `me` is the entry's index. */
  readonly cluster?: { readonly nodes: readonly PlannedNode[]; readonly me: number };
  readonly log?: EngineLog;
}

const SNAPSHOT_SECONDS = 60;
const SNAPSHOT_WRITES = 10_000;

export interface RunningEngine {
  /** `redis://127.0.0.1:6379` or `unix:<path>`. */
  readonly url: string;
  /** Ends all connections and keeps the keys, where there is a folder for them; safe to call twice. */
  stop(): Promise<void>;
  /** Resolves when the engine has stopped, be it because a client said SHUTDOWN. */
  readonly stopped: Promise<void>;
}

/** @throws FraudstreamError where it must not or cannot listen, or where the keys of its folder cannot be read */
export async function startEngine(options: EngineOptions = {}): Promise<RunningEngine> {
  const settings = settingsOf(options);
  refuseOpenDoor(settings);
  const log = options.log ?? ((): void => undefined);
  let snapshots: Snapshots | undefined;
  const engine: Engine = new Engine({
    commands: COMMANDS,
    settings,
    ...(options.cluster && { cluster: clusterOf(options.cluster) }),
    createModule: () => new AiModule(),
    ...(options.dir === undefined
      ? {}
      : { createPersistence: (owner) => (snapshots = snapshotsOf(owner, options, log)) }),
    onShutdown: (save) => stop(save),
    onDefect: (error) => log({ kind: 'defect', error }),
  });
  const membership = engine.cluster && new ClusterMembership(engine, engine.cluster, log);
  const server = new EngineServer(engine, log);
  const ending = new Ending(async (save) => {
    membership?.leave();
    await server.close();
    await engine.module?.close();
    await snapshots?.close(save);
    log({ kind: 'stopped' });
  });
  const stop = (save: boolean): void => void ending.begin(save).catch(() => undefined);
  await snapshots?.load();
  if (snapshots !== undefined) log({ kind: 'keys loaded', folder: snapshots.folder, keys: engine.keyspace.size });
  await membership?.join();
  const url = await server.listen().catch((error: unknown) => {
    membership?.leave();
    throw error;
  });
  snapshots?.startTimer();
  membership?.start();
  log({ kind: 'listening', url });
  return { url, stop: () => ending.begin(true), stopped: ending.over };
}

/** Happens once, whoever asks first: a signal or a client. */
class Ending {
  readonly over: Promise<void>;
  readonly #end: (save: boolean) => Promise<void>;
  #settle: (result: Promise<void>) => void = () => undefined;
  #begun: Promise<void> | undefined;

  constructor(end: (save: boolean) => Promise<void>) {
    this.#end = end;
    this.over = new Promise((resolve) => (this.#settle = resolve));
    // Whoever does not wait for the end is not told how it went; the log is.
    this.over.catch(() => undefined);
  }

  begin(save: boolean): Promise<void> {
    if (this.#begun === undefined) {
      this.#begun = this.#end(save);
      this.#settle(this.#begun);
    }
    return this.#begun;
  }
}

function snapshotsOf(engine: Engine, { dir = '.', ...options }: EngineOptions, log: EngineLog): Snapshots {
  const seconds = options.snapshotSeconds ?? SNAPSHOT_SECONDS;
  const writes = options.snapshotWrites ?? SNAPSHOT_WRITES;
  return new Snapshots(engine, { folder: dir, seconds, writes }, (error) => log({ kind: 'snapshot failed', error }));
}

function settingsOf(options: EngineOptions): Settings {
  const settings = new Settings();
  const { host, port } = options.cluster?.nodes[options.cluster.me] ?? options;
  settings.host = host ?? settings.host;
  settings.port = port ?? settings.port;
  settings.socketPath = options.socketPath ?? settings.socketPath;
  settings.password = options.password ?? settings.password;
  settings.maxMemoryBytes = options.maxMemoryBytes ?? settings.maxMemoryBytes;
  settings.maxClients = options.maxClients ?? settings.maxClients;
  settings.idleSecondsMax = options.idleSecondsMax ?? settings.idleSecondsMax;
  return settings;
}

/** @throws FraudstreamError */
function clusterOf({ nodes, me }: NonNullable<EngineOptions['cluster']>): Cluster {
  if (nodes[me] !== undefined) return new Cluster(nodes, me);
  throw new FraudstreamError('CLUSTER_NODE_UNKNOWN', `The cluster has no node ${me}: it has ${nodes.length}, from 0.`, {
    next: `Give --me a number from 0 to ${nodes.length - 1}: the node's place in the file.`,
    exitCode: EXIT.config,
  });
}

/** Without a password, nobody but this machine may come in. */
function refuseOpenDoor(settings: Settings): void {
  if (settings.password !== '' || isLocalOnly(settings)) return;
  throw new FraudstreamError(
    'ENGINE_NEEDS_PASSWORD',
    `The embedded engine will not listen on ${settings.host} without a password: anybody who reaches it could read and change everything.`,
    { next: 'Set a password, or listen on 127.0.0.1.', exitCode: EXIT.config },
  );
}
