// First step of a replay: a file, a .gz of one, or stdin (`-`) becomes lines, a chunk of them at a time.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EXIT, FraudstreamError, messageOf } from '../src/core/errors.ts';

/** A line of the ULB file has about 600 characters; one longer than this is some other kind of file. */
export const LINE_LENGTH_MAX = 16_384;
const CHUNK_BYTES = 256 * 1024;

export interface LineSource {
  /** Name for messages: the file's, or `stdin`. */
  readonly name: string;
  /** Complete lines, without their line ends. The last is cut short where it is over-long. */
  readonly chunks: AsyncIterable<string[]>;
  /** Share of the file, 0..1, that so many characters of its lines make up; undefined where its size is unknown. */
  readonly fractionAt: (chars: number) => number | undefined;
}

export interface LineOptions {
  /** Ends the lines early, also while they are awaited. */
  readonly signal?: AbortSignal | undefined;
  readonly stdin?: Readable;
}

export async function openLines(path: string, options: LineOptions = {}): Promise<LineSource> {
  const { signal, stdin = process.stdin } = options;
  if (path === '-') return { name: 'stdin', chunks: linesOf('stdin', stdin, signal), fractionAt: () => undefined };
  const sizeBytes = await sizeOf(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const gzipped = path.endsWith('.gz');
  const shareOf = (bytes: number): number | undefined => (sizeBytes > 0 ? Math.min(1, bytes / sizeBytes) : undefined);
  return {
    name: basename(path),
    chunks: linesOf(path, gzipped ? gunzip(file) : file, signal),
    // How long a .gz is unzipped is not known before its end: what was read of it is the next best.
    fractionAt: (chars) => shareOf(gzipped ? file.bytesRead : chars),
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Error('it is a directory');
    return found.size;
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

function gunzip(file: Readable): Readable {
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES });
  // A failure of either ends `unzipped`, whose reader reports it.
  pipeline(file, unzipped, () => undefined);
  return unzipped;
}

async function* linesOf(path: string, bytes: Readable, signal?: AbortSignal): AsyncGenerator<string[]> {
  const end = (): unknown => bytes.destroy();
  signal?.addEventListener('abort', end, { once: true });
  let rest = '';
  try {
    for await (const chunk of bytes.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n').map(withoutCarriageReturn);
      rest = lines.pop()!;
      yield lines;
      if (rest.length > LINE_LENGTH_MAX) break;
    }
  } catch (thrown) {
    if (signal?.aborted === true) return;
    throw unreadable(path, thrown);
  } finally {
    signal?.removeEventListener('abort', end);
  }
  if (rest !== '') yield [rest];
}

const withoutCarriageReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function unreadable(path: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('CSV_UNREADABLE', `cannot read ${path}: ${messageOf(cause)}`, {
    next: 'give the path of a CSV file in the ULB schema (or of a .gz of one), or `-` for stdin',
    exitCode: EXIT.data,
    cause,
  });
}
