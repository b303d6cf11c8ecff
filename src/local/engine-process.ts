// The embedded engine as a process of its own, so that it has a processor core to itself. Its standard input is a
// lifeline: when fraudstream ends, kill -9 included, the pipe closes and `serve --exit-with-stdin` ends too.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { PACKAGE_ROOT } from '../core/package-root.ts';
import type { RunningEngineServer } from './running.ts';

const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 5_000;
const LAST_WORDS_CHARS = 4_000;

type EngineProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * `nodeArguments` run fraudstream's main file; `place` says where it listens.
 * @throws FraudstreamError ENGINE_NOT_STARTED with its last words
 */
export async function startEngineProcess(
  nodeArguments: readonly string[],
  place: readonly string[] = ['--port', '0'],
): Promise<RunningEngineServer> {
  const engine = spawn(process.execPath, [...nodeArguments, 'serve', ...place, '--exit-with-stdin'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: PACKAGE_ROOT,
    // Ctrl-C at the terminal is fraudstream's to answer: the engine goes last, after the consumer has drained.
    detached: true,
  });
  const lastWords = keepLastWords(engine.stderr);
  const ended = reasonOfEnd(engine);
  // Writing to a pipe whose reader has died is no error of ours; `ended` tells.
  engine.stdin.on('error', () => undefined);
  const url = await Promise.race([firstLine(engine), ended.then(() => undefined), timeout()]);
  if (url === undefined) {
    engine.kill('SIGKILL');
    throw notStarted(lastWords());
  }
  return { url: urlOf(url), ended, stop: () => stop(engine, ended) };
}

/** The line that `serve` prints ends with the engine's address. */
function urlOf(line: string): string {
  const url = line.trim().split(' ').at(-1) ?? '';
  if (!/^(rediss?:\/\/|unix:)/.test(url)) throw notStarted(`unexpected first line: ${line.slice(0, 200)}`);
  return url;
}

function firstLine(engine: EngineProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    createInterface({ input: engine.stdout }).once('line', resolve);
  });
}

function timeout(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, READY_MS_MAX).unref();
  });
}

function reasonOfEnd(engine: EngineProcess): Promise<string> {
  return new Promise((resolve) => {
    engine.once('error', (error) => {
      resolve(error.message);
    });
    engine.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  });
}

function keepLastWords(stream: Readable): () => string {
  let words = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-LAST_WORDS_CHARS);
  });
  return () => words.trim();
}

async function stop(engine: EngineProcess, ended: Promise<string>): Promise<void> {
  engine.stdin.end();
  const killer = setTimeout(() => engine.kill('SIGKILL'), STOP_MS_MAX);
  await ended;
  clearTimeout(killer);
}

function notStarted(lastWords: string): FraudstreamError {
  return new FraudstreamError('ENGINE_NOT_STARTED', 'the embedded engine did not start', {
    cause: lastWords,
    next: 'run `fraudstream serve` by itself to see why, or set REDISAI_URL to an engine of yours',
    exitCode: EXIT.unavailable,
  });
}
