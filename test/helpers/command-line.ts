// Runs the built command line as a user does. Every process of a run carries a mark in its environment, so that one that
// outlives the run is found, whatever started it.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { PACKAGE_ROOT, packageFile } from '../../src/core/package-root.ts';
import { eventually } from './eventually.ts';

const MAIN = packageFile('dist', 'src', 'main.js');
const MARK = 'FRAUDSTREAM_TEST_MARK';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<Run>();

/** Whatever a test started and, because it failed, did not end. */
export async function endRuns(): Promise<void> {
  await Promise.all([...running].map((each) => each.kill()));
}
afterAll(endRuns);

export class Run {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** The run's own folder for temporary files. */
  readonly temporary: string;
  readonly #mark: string;
  stdout = '';
  stderr = '';

  constructor(
    words: readonly string[],
    environment: Readonly<Record<string, string | undefined>> = {},
    [command, ...before]: readonly [string, ...string[]] = [process.execPath, MAIN],
  ) {
    if (!existsSync(MAIN)) throw new Error('dist/ is missing: npm run build');
    this.#mark = randomUUID();
    this.temporary = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
    const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'], JAVA_HOME: process.env['JAVA_HOME'] };
    this.process = spawn(command, [...before, ...words], {
      cwd: PACKAGE_ROOT,
      env: { ...inherited, TMPDIR: this.temporary, ...environment, [MARK]: this.#mark },
    });
    this.process.stdout.setEncoding('utf8').on('data', (chunk: string) => (this.stdout += chunk));
    this.process.stderr.setEncoding('utf8').on('data', (chunk: string) => (this.stderr += chunk));
    running.add(this);
    this.ended = new Promise((resolve) => {
      this.process.once('close', (status) => {
        running.delete(this);
        this.#isClean();
        resolve({ status, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Waits until stdout or stderr holds the words; throws what was said if the run ends first. */
  async untilSays(words: RegExp): Promise<void> {
    await eventually(() => {
      if (words.test(this.stdout) || words.test(this.stderr)) return true;
      if (this.process.exitCode !== null || this.process.signalCode !== null)
        throw new Error(`it ended without ${String(words)}:\n${this.stdout}${this.stderr}`);
      return false;
    }, 120_000);
  }

  /** SIGINT, as Ctrl-C; resolves when it has ended. */
  async interrupt(): Promise<Ended> {
    this.process.kill('SIGINT');
    return this.ended;
  }

  /** Ends it with all that it started, and removes its files. */
  async kill(): Promise<void> {
    for (const pid of this.#processes()) killIfThere(pid);
    this.process.kill('SIGKILL');
    await this.ended;
    rmSync(this.temporary, { recursive: true, force: true });
  }

  /** Command lines of processes of this run that are still there (Linux only; empty elsewhere). */
  leftOver(): string[] {
    return this.#processes().map((pid) => read(`/proc/${pid}/cmdline`));
  }

  #processes(): number[] {
    if (process.platform !== 'linux') return [];
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => read(`/proc/${pid}/environ`).includes(this.#mark)).map(Number);
  }

  async untilNothingIsLeft(): Promise<void> {
    await eventually(() => this.leftOver().length === 0 && this.#isClean());
  }

  /** True when the run left no temporary file; its folder then goes too. */
  #isClean(): boolean {
    if (existsSync(this.temporary) && readdirSync(this.temporary).length === 0) rmdirSync(this.temporary);
    return !existsSync(this.temporary);
  }
}

/** Runs a command to its end. */
export function run(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  return new Run(words, environment).ended;
}

/** A process may end between being listed and being killed, or read. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
