// One `fraudstream …` process out of dist/, as a user runs it: its signals, its end, its last words.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { packageFile } from '../../../src/core/package-root.ts';

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly atMs: number;
  readonly lastWords: string;
}

export interface FraudstreamProcessOptions {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Everything it says, kept for whoever looks into a failure. */
  readonly logFile: string;
  /** Flags of node itself. */
  readonly nodeArguments?: readonly string[];
}

const MAIN = packageFile('dist', 'src', 'main.js');
/** What a consumer logs when its start is over. */
const SCORING = '"msg":"scoring"';
const LAST_WORDS_CHARS = 3_000;

export class FraudstreamProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<End>;
  #stdout = '';
  #lastWords = '';
  #end: End | undefined;
  #isScoring = false;

  constructor({ words, environment, logFile, nodeArguments = [] }: FraudstreamProcessOptions) {
    this.#child = spawn(process.execPath, [...nodeArguments, MAIN, ...words], {
      // An open standard input is the lifeline of `serve --exit-with-stdin`.
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    this.#child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stdout = (this.#stdout + chunk).slice(-LAST_WORDS_CHARS);
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      log.write(chunk);
      this.#isScoring ||= chunk.includes(SCORING);
      this.#lastWords = (this.#lastWords + chunk).slice(-LAST_WORDS_CHARS);
    });
    this.#child.stdin!.on('error', () => undefined);
    // Whatever ends the suite, no consumer stays behind.
    const end = (): void => this.signal('SIGKILL');
    process.once('exit', end);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        process.off('exit', end);
        log.end();
        this.#end = { code, signal, atMs: Date.now(), lastWords: this.#lastWords };
        resolve(this.#end);
      });
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get isAlive(): boolean {
    return this.#end === undefined;
  }

  /** A consumer that is past its start: it has joined the group, and a signal meets its handlers. */
  get isScoring(): boolean {
    return this.#isScoring && this.isAlive;
  }

  get stdout(): string {
    return this.#stdout;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isAlive) this.#child.kill(signal);
  }

  async kill(): Promise<End> {
    this.signal('SIGKILL');
    return this.ended;
  }

  /** Resolves with the first line on stdout. @throws Error with its last words where it ends before. */
  async firstLine(): Promise<string> {
    const line = new Promise<string>((resolve) => {
      this.#child.stdout!.on('data', () => {
        const end = this.#stdout.indexOf('\n');
        if (end >= 0) resolve(this.#stdout.slice(0, end));
      });
    });
    const first = await Promise.race([line, this.ended]);
    if (typeof first === 'string') return first;
    throw new Error(`it ended with ${first.code ?? String(first.signal)}: ${first.lastWords}`);
  }
}

/** Runs a command that ends by itself. @throws Error with its last words where it fails. */
export async function runFraudstream(options: FraudstreamProcessOptions): Promise<string> {
  const running = new FraudstreamProcess(options);
  const { code, lastWords } = await running.ended;
  if (code !== 0) throw new Error(`fraudstream ${options.words.join(' ')} ended with ${String(code)}: ${lastWords}`);
  return running.stdout;
}
