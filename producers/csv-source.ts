// First step of a replay: a file, a .gz of one, or stdin (`-`) becomes the bytes of a CSV, a chunk of them at a time.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unreadable } from './csv-error.ts';

const CHUNK_BYTES = 256 * 1024;

export interface CsvSource {
  /** Name for messages: the file's, or `stdin`. */
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer>;
  /** Ends the chunks early, also while they are awaited. */
  readonly signal?: AbortSignal | undefined;
}

export interface OpenedCsv extends CsvSource {
  /** Share of the file, 0..1, that so many bytes of the CSV make up; undefined where its size is unknown. */
  readonly fractionAt: (bytes: number) => number | undefined;
}

export interface OpenCsvOptions {
  readonly signal?: AbortSignal | undefined;
  readonly stdin?: Readable;
}

export async function openCsv(path: string, options: OpenCsvOptions = {}): Promise<OpenedCsv> {
  const { signal, stdin = process.stdin } = options;
  if (path === '-') {
    return { name: 'stdin', chunks: chunksOf('stdin', stdin, signal), signal, fractionAt: () => undefined };
  }
  const sizeBytes = await sizeOf(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const gzipped = path.endsWith('.gz');
  const shareOf = (bytes: number): number | undefined => (sizeBytes > 0 ? Math.min(1, bytes / sizeBytes) : undefined);
  return {
    name: basename(path),
    chunks: chunksOf(path, gzipped ? gunzip(file) : file, signal),
    signal,
    // How long a .gz is unzipped is not known before its end: what was read of it is the next best.
    fractionAt: (bytes) => shareOf(gzipped ? file.bytesRead : bytes),
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

async function* chunksOf(path: string, bytes: Readable, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const end = (): unknown => bytes.destroy();
  signal?.addEventListener('abort', end, { once: true });
  try {
    yield* bytes as AsyncIterable<Buffer>;
  } catch (thrown) {
    if (signal?.aborted !== true) throw unreadable(path, thrown);
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
