// A server started by fraudstream that can never outlive it: see supervisor.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FraudstreamError } from '../core/errors.ts';
import { PACKAGE_ROOT } from '../core/package-root.ts';
import { loaderArgv, siblingModule } from '../core/sibling-module.ts';

export interface SupervisedTask {
  readonly command: string;
  readonly args: readonly string[];
  /** Receives stdout and stderr. */
  readonly logFile: string;
  /** Removed by `stop`, or when fraudstream itself has ended. */
  readonly folder: string;
  /** From SIGTERM to SIGKILL. */
  readonly stopMsMax: number;
}

export type SupervisorReport =
  { readonly kind: 'started'; readonly pid: number } | { readonly kind: 'exited' | 'failed'; readonly reason: string };

export interface SupervisedProcess {
  readonly pid: number;
  /** Resolves with the reason when the server has ended, by itself or by `stop`. */
  readonly ended: Promise<string>;
  /** Ends the server; resolves when it and its folder are gone. */
  stop(): Promise<void>;
}

/** @throws FraudstreamError SERVER_NOT_STARTED when the command cannot be run. */
export async function startSupervised(task: SupervisedTask): Promise<SupervisedProcess> {
  const module = siblingModule(import.meta.url, 'supervisor');
  const supervisor = spawn(process.execPath, [...loaderArgv(module), fileURLToPath(module)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // The loader of TypeScript sources is found from here.
    cwd: PACKAGE_ROOT,
    // A session of its own: a signal to fraudstream's whole group (kill -9 too) leaves the supervisor its work.
    detached: true,
  });
  const gone = new Promise<void>((resolve) => {
    supervisor.once('exit', () => {
      resolve();
    });
  });
  const ended = reasonOfEnd(supervisor);
  supervisor.send(task);
  const stop = (): Promise<void> => {
    if (supervisor.connected) supervisor.disconnect();
    return gone;
  };
  const pid = await pidOfServer(supervisor, ended);
  if (pid === undefined) {
    await stop();
    await rm(task.folder, { recursive: true, force: true });
    throw new FraudstreamError('SERVER_NOT_STARTED', `${task.command} could not be started`, { cause: await ended });
  }
  // Only a kill of the supervisor itself leaves the server behind.
  supervisor.once('exit', (_code, signal) => {
    if (signal !== null) killIfAlive(pid);
  });
  return { pid, ended, stop };
}

function reasonOfEnd(supervisor: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    supervisor.on('message', (message: SupervisorReport) => {
      if (message.kind !== 'started') resolve(message.reason);
    });
    supervisor.once('error', (error) => {
      resolve(error.message);
    });
    supervisor.once('exit', () => {
      resolve('its supervisor was ended');
    });
  });
}

/** Undefined when it ended before it began. */
async function pidOfServer(supervisor: ChildProcess, ended: Promise<string>): Promise<number | undefined> {
  const started = new Promise<number>((resolve) => {
    supervisor.on('message', (message: SupervisorReport) => {
      if (message.kind === 'started') resolve(message.pid);
    });
  });
  return Promise.race([started, ended.then(() => undefined)]);
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself, which is what was wanted.
  }
}

/** The last lines of a log file, to be shown when its server failed. */
export async function logTail(file: string, lines = 20): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '(no log)');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
