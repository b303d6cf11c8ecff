// The one door of the embedded engine: a server that answers as Redis with the RedisAI module does.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { isLocalOnly } from './commands/access.ts';
import { AiModule } from './commands/ai-module.ts';
import { Engine } from './commands/engine.ts';
import { Settings } from './commands/settings.ts';
import { COMMANDS } from './commands/table.ts';
import type { EngineEvent, EngineLog } from './engine-event.ts';
import { EngineServer } from './server.ts';

export type { EngineEvent, EngineLog };

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
  readonly log?: EngineLog;
}

export interface RunningEngine {
  /** `redis://127.0.0.1:6379` or `unix:<path>`. */
  readonly url: string;
  /** Ends all connections; safe to call twice. */
  stop(): Promise<void>;
}

/** @throws FraudstreamError where the address is in use or must not be listened on without a password */
export async function startEngine(options: EngineOptions = {}): Promise<RunningEngine> {
  const settings = settingsOf(options);
  refuseOpenDoor(settings);
  const log = options.log ?? ((): void => undefined);
  let stopping: Promise<void> | undefined;
  const engine: Engine = new Engine({
    commands: COMMANDS,
    settings,
    createModule: () => new AiModule(),
    onShutdown: () => void stop(),
    onDefect: (error) => log({ kind: 'defect', error }),
  });
  const server = new EngineServer(engine, log);
  const stop = (): Promise<void> => (stopping ??= stopEngine(engine, server, log));
  const url = await server.listen();
  log({ kind: 'listening', url });
  return { url, stop };
}

async function stopEngine(engine: Engine, server: EngineServer, log: EngineLog): Promise<void> {
  await server.close();
  await engine.module?.close();
  log({ kind: 'stopped' });
}

function settingsOf(options: EngineOptions): Settings {
  const settings = new Settings();
  settings.host = options.host ?? settings.host;
  settings.port = options.port ?? settings.port;
  settings.socketPath = options.socketPath ?? settings.socketPath;
  settings.password = options.password ?? settings.password;
  settings.maxMemoryBytes = options.maxMemoryBytes ?? settings.maxMemoryBytes;
  settings.maxClients = options.maxClients ?? settings.maxClients;
  settings.idleSecondsMax = options.idleSecondsMax ?? settings.idleSecondsMax;
  return settings;
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
