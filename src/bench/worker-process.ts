// A process that works for a bench: its last words are kept for when it fails, and it goes when its standard input closes.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { FraudstreamError } from '../core/errors.ts';

const STOP_MS_MAX = 15_000;
const LAST_WORDS_CHARS = 2_000;

export class WorkerProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  #lastWords = '';

  constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      this.#lastWords = (this.#lastWords + words).slice(-LAST_WORDS_CHARS);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** @throws FraudstreamError BENCH_WORKER_FAILED where it is no more, though it should be. */
  refuseEnd(): void {
    if (this.hasEnded) throw this.failure('ended');
  }

  failure(what: string): FraudstreamError {
    return new FraudstreamError('BENCH_WORKER_FAILED', `the ${this.#name} ${what}`, {
      cause: this.#lastWords.trim(),
      next: 'see what it says, and whether Kafka and the engine are well',
    });
  }

  /** What it printed, when it has ended by itself. @throws FraudstreamError BENCH_WORKER_FAILED */
  async output(): Promise<string> {
    let output = '';
    this.#child.stdout?.setEncoding('utf8').on('data', (words: string) => (output += words));
    const [exitCode] = (await once(this.#child, 'close')) as [number | null];
    if (exitCode !== 0) throw this.failure(`failed with exit code ${exitCode ?? 'none'}`);
    return output;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(killer);
  }
}
