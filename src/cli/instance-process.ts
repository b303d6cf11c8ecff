// One consumer of several on this host, as a process of its own. Its standard input is a lifeline: when the parent ends,
// kill -9 included, the pipe closes and the consumer drains and ends.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../config/load-settings.ts';
import { EXIT, type ExitCode } from '../core/errors.ts';
import { mainModuleArguments } from './main-module.ts';

/** Longer than the consumer's own bound for an orderly stop. */
const STOP_MS_MAX = 20_000;

export interface InstanceEnd {
  readonly instance: number;
  /** For a person: `exit code 69`, `SIGKILL`. */
  readonly reason: string;
  /** What a parent that ends for this reason exits with; undefined where it ended as it does when told to. */
  readonly exitCode: ExitCode | undefined;
}

export interface InstanceProcess {
  readonly pid: number | undefined;
  /** Never rejects. */
  readonly ended: Promise<InstanceEnd>;
  /** SIGTERM, and SIGKILL to one that does not heed it. */
  stop(): void;
}

/** Runs a command line of fraudstream; each line of its stderr goes to `tell`, marked with the instance's number. */
export function startInstance(
  instance: number,
  words: readonly string[],
  tell: (line: string) => void,
): InstanceProcess {
  const child = spawn(process.execPath, [...mainModuleArguments(), ...words], {
    stdio: ['pipe', 'inherit', 'pipe'],
    env: childEnvironment({}),
    // Ctrl-C at the terminal is the parent's to answer: twice told, a consumer would not drain.
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stderr }).on('line', (line) => tell(marked(instance, line)));
  const ended = new Promise<InstanceEnd>((resolve) => {
    child.once('error', (error) => resolve({ instance, reason: error.message, exitCode: EXIT.unavailable }));
    // `close`, not `exit`: its last words come first.
    child.once('close', (code, signal) => resolve(endOf(instance, code, signal)));
  });
  return {
    pid: child.pid,
    ended,
    stop: () => {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      void ended.then(() => clearTimeout(killer));
    },
  };
}

/** A JSON line stays one, with a field more; any other gets the number in front. */
export function marked(instance: number, line: string): string {
  return line.startsWith('{"') ? `{"instance":${instance},${line.slice(1)}` : `[${instance}] ${line}`;
}

export function endOf(instance: number, code: number | null, signal: string | null): InstanceEnd {
  const reason = signal ?? `exit code ${code ?? 'unknown'}`;
  // A consumer that SIGTERM ends outright had not begun with anything.
  if (code === 0 || signal === 'SIGTERM') return { instance, reason, exitCode: undefined };
  const known = Object.values(EXIT).find((exitCode) => exitCode === code);
  return { instance, reason, exitCode: known ?? EXIT.failure };
}
