// Scores from a file of JSON lines, or from standard input: each line checked, a wrong one named by its number.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { jsonPlace } from '../../core/json-place.ts';
import { scoreFault, type ScoredTransaction } from '../../evaluate/scored-transaction.ts';

/** A published score has about 700 characters. */
const LINE_CHARS_MAX = 65_536;

/** Empty lines are passed over. @throws FraudstreamError SCORES_UNREADABLE, or SCORE_BROKEN with the line */
export async function readScoreFile(
  path: string,
  take: (score: ScoredTransaction) => void,
  signal: AbortSignal,
): Promise<void> {
  const name = path === '-' ? 'stdin' : basename(path);
  let line = 0;
  for await (const text of linesOf(path, name, signal)) {
    line += 1;
    if (text.trim() !== '') take(parseScore(text, `${name}:${line}`));
  }
}

function parseScore(text: string, at: string): ScoredTransaction {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(`${at}: no JSON at ${jsonPlace(cause)}`);
  }
  const fault = scoreFault(value);
  if (fault !== undefined) throw broken(`${at}: ${fault}`);
  return value as ScoredTransaction;
}

async function* linesOf(path: string, name: string, signal: AbortSignal): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunksOf(path, signal)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > LINE_CHARS_MAX) throw broken(`${name}: a line of more than ${LINE_CHARS_MAX} characters`);
    yield* lines;
  }
  yield rest;
}

async function* chunksOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const bytes: Readable = path === '-' ? process.stdin : createReadStream(path);
  const end = (): unknown => bytes.destroy();
  signal.addEventListener('abort', end, { once: true });
  try {
    yield* bytes.setEncoding('utf8') as AsyncIterable<string>;
  } catch (cause) {
    if (signal.aborted) return;
    throw new FraudstreamError('SCORES_UNREADABLE', `cannot read ${path}: ${messageOf(cause)}`, {
      next: 'give the path of a file of JSON lines, - for stdin, or nothing to read the scores topic',
      exitCode: EXIT.data,
      cause,
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function broken(message: string): FraudstreamError {
  return new FraudstreamError('SCORE_BROKEN', message, {
    next: 'expected a JSON object a line, with a `score` and perhaps a `label`, as `fraudstream scores --json` writes them',
    exitCode: EXIT.data,
  });
}
