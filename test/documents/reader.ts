// Somebody who reads a document and types its commands, in a folder that looks like the repository, at addresses of this test.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { packageFile } from '../../src/core/package-root.ts';
import { freePorts } from '../../src/local/free-port.ts';
import { Run, type Ended } from '../helpers/command-line.ts';
import type { Treatment } from './treatments.ts';

const MAIN = packageFile('dist', 'src', 'main.js');
const SAMPLE = packageFile('data', 'transactions.sample.csv');
const INTERRUPTED = 130;
const AGAIN_AFTER_MS = 500;
const AGAIN_MS_MAX = 60_000;

/** What stands before the `--` is npm's own. */
const NPM = `[ "$1" = start ] && command=demo
while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done
[ $# -gt 0 ] && shift
exec node ${MAIN} $command "$@"`;

export class Reader {
  readonly folder = mkdtempSync(join(tmpdir(), 'fraudstream-reader-'));
  readonly #environment: Readonly<Record<string, string>>;
  readonly #enginePort: number;
  readonly #running: Run[] = [];
  /** Of the consumer that was started last and goes on. */
  #livePage = 'http://127.0.0.1:9464';

  private constructor(environment: Readonly<Record<string, string>>, enginePort: number) {
    this.#enginePort = enginePort;
    this.#environment = {
      ...environment,
      REDISAI_URL: `redis://127.0.0.1:${enginePort}`,
      ENGINE_PORT: String(enginePort),
      METRICS_PORT: '0',
      HASH_TAG: 'tag',
      PATH: `${join(this.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    };
    this.#furnish();
  }

  static async sitDown(environment: Readonly<Record<string, string>>): Promise<Reader> {
    const [enginePort] = (await freePorts(1)) as [number];
    return new Reader(environment, enginePort);
  }

  /** Tries a command as it is to be tried, or else to a good end; throws what it said where that is not what it should. */
  async try(text: string, treatment?: Treatment): Promise<void> {
    if (treatment === undefined) check(text, await this.#start(text).ended, [0]);
    else if (treatment.kind === 'says') await this.#untilItSays(text, treatment);
    else if (treatment.kind !== 'not-run') await this.#goOn(text, treatment);
  }

  /** Ctrl-C to all that goes on, the last one first. */
  async leave(): Promise<void> {
    for (const run of this.#running.toReversed()) if (run.process.exitCode === null) await run.interrupt();
    rmSync(this.folder, { recursive: true });
  }

  async #untilItSays(text: string, { words, status }: Extract<Treatment, { kind: 'says' }>): Promise<void> {
    const giveUpAt = performance.now() + AGAIN_MS_MAX;
    for (;;) {
      const ended = await this.#start(text).ended;
      const said = words.test(ended.stdout + ended.stderr);
      if (said && ended.status === status) return;
      if (performance.now() > giveUpAt) check(`${text} (without ${String(words)})`, ended, []);
      await sleep(AGAIN_AFTER_MS);
    }
  }

  async #goOn(text: string, { kind, words }: Extract<Treatment, { kind: 'until' | 'stays' }>): Promise<void> {
    const run = this.#start(`exec env ${text}`);
    await run.untilSays(words);
    if (kind === 'until') check(text, await run.interrupt(), [0, INTERRUPTED]);
    else {
      this.#running.push(run);
      this.#livePage = /(?:live page: |"url":")(http:[/\d.:]+\d)/.exec(run.stderr)?.[1] ?? this.#livePage;
    }
  }

  #start(text: string): Run {
    const here = text
      .replaceAll('127.0.0.1:6379', `127.0.0.1:${this.#enginePort}`)
      .replaceAll('http://127.0.0.1:9464', this.#livePage);
    return new Run([`cd ${this.folder}\n${here}`], this.#environment, ['bash', '-c']);
  }

  #furnish(): void {
    for (const folder of ['bin', 'data']) mkdirSync(join(this.folder, folder));
    for (const folder of ['models', 'node_modules']) symlinkSync(packageFile(folder), join(this.folder, folder));
    const cli = `PATH="\${PATH#*:}" exec redis-cli -p ${this.#enginePort} "$@"`;
    const programs = { npm: NPM, fraudstream: `exec node ${MAIN} "$@"`, 'redis-cli': cli };
    for (const [name, lines] of Object.entries(programs))
      writeFileSync(join(this.folder, 'bin', name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    // The reader's own data: the sample stands for it.
    copyFileSync(SAMPLE, join(this.folder, 'creditcard.csv'));
    writeFileSync(join(this.folder, 'creditcard.csv.gz'), gzipSync(readFileSync(SAMPLE)));
  }
}

function check(text: string, { status, stdout, stderr }: Ended, statuses: readonly number[]): void {
  if (!statuses.includes(status ?? NaN)) throw new Error(`${text}\nended with ${status}:\n${stdout}${stderr}`);
}
