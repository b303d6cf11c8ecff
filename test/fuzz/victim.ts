// The engine under attack as its attacker sees it: started anew when it has crashed or hung, its figures kept.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Told } from './victim-process.ts';

const START_SECONDS_MAX = 60;
const DEFECTS_KEPT = 20;

export class Victim {
  url = '';
  crashes = 0;
  hangs = 0;
  rssBytesMax = 0;
  loopDelayMsMax = 0;
  /** What the engine itself called unforeseen: first lines of stacks, each once, with how often it was seen. */
  readonly defects = new Map<string, number>();
  /** The last of what a crashed engine wrote to stderr. */
  lastWords = '';
  #child: ChildProcess | undefined;
  #isEnding = false;

  async start(): Promise<void> {
    const child = fork(fileURLToPath(new URL('victim-process.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.stderr!.on('data', (chunk: Buffer) => (this.lastWords = (this.lastWords + chunk.toString()).slice(-4000)));
    child.on('message', (told: Told) => this.#hear(told));
    child.on('exit', () => {
      if (!this.#isEnding) this.crashes++;
    });
    const signal = AbortSignal.timeout(START_SECONDS_MAX * 1000);
    await Promise.race([once(child, 'message', { signal }), once(child, 'exit', { signal })]);
    if (!this.isAlive) throw new Error(`the engine did not start: ${this.lastWords}`);
  }

  get isAlive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends a process that no longer answers. */
  async endHung(): Promise<void> {
    this.hangs++;
    await this.stop();
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.#isEnding = true;
    const gone = once(this.#child!, 'exit');
    this.#child!.kill('SIGKILL');
    await gone;
    this.#isEnding = false;
  }

  #hear(told: Told): void {
    if (told.kind === 'listening') {
      this.url = told.url;
    } else if (told.kind === 'figures') {
      this.rssBytesMax = Math.max(this.rssBytesMax, told.rssBytes);
      this.loopDelayMsMax = Math.max(this.loopDelayMsMax, told.loopDelayMs);
    } else {
      const words = told.words.split('\n').slice(0, 4).join('\n');
      if (this.defects.size < DEFECTS_KEPT || this.defects.has(words)) {
        this.defects.set(words, (this.defects.get(words) ?? 0) + 1);
      }
    }
  }
}
