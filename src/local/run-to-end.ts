// Runs one short command and collects what it said; for the tools that prepare the local Kafka.
import { spawn } from 'node:child_process';

export interface Finished {
  /** Exit code; null when the command could not be started, was killed or ran out of time. */
  readonly code: number | null;
  /** stdout and stderr as they came, the last 64 KB of them. */
  readonly output: string;
}

const OUTPUT_CHARS_MAX = 65_536;

/** Never rejects: a command that does not exist is a `Finished` with code null and the system's words. */
export function runToEnd(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly timeoutMs: number },
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (chunk: string): void => {
      output = (output + chunk).slice(-OUTPUT_CHARS_MAX);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (error) => {
      resolve({ code: null, output: error.message });
    });
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}
