// Entry of a small process between fraudstream and a server it starts: whatever ends fraudstream, kill -9 included,
// closes the channel between the two, and the supervisor then ends the server and removes its data.
import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { SupervisedTask, SupervisorReport } from './supervised-process.ts';

let child: ChildProcess | undefined;
let task: SupervisedTask | undefined;

function report(message: SupervisorReport): void {
  if (process.connected) process.send?.(message);
}

function start(given: SupervisedTask): void {
  task = given;
  const log = openSync(given.logFile, 'a');
  child = spawn(given.command, given.args, { stdio: ['ignore', log, log] });
  child.once('error', (error) => {
    over({ kind: 'failed', reason: error.message });
  });
  child.once('exit', (code, signal) => {
    over({ kind: 'exited', reason: signal ?? `exit code ${code ?? 'unknown'}` });
  });
  if (child.pid !== undefined) report({ kind: 'started', pid: child.pid });
}

/** The folder stays until fraudstream has read the log, which it tells by closing the channel. */
function over(message: SupervisorReport): void {
  child = undefined;
  report(message);
  if (!process.connected) void end();
}

function stop(): void {
  if (child === undefined) return void end();
  child.kill('SIGTERM');
  setTimeout(() => child?.kill('SIGKILL'), task?.stopMsMax ?? 0);
}

async function end(): Promise<void> {
  if (task !== undefined) await rm(task.folder, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
}

process.once('message', start);
process.once('disconnect', stop);
// Ctrl-C reaches every process of a terminal; only fraudstream decides when its servers go.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('SIGTERM', stop);
