// Reads a snapshot record by record. Nothing is taken from it that its checks do not bear out: the start is refused instead.
import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { KeptEntry } from './snapshot-taker.ts';
import {
  DATABASE_END,
  decodeHead,
  DIGEST,
  DIGEST_BYTES,
  HEADER_BYTES,
  MAGIC,
  RECORD_HEAD_BYTES,
  SNAPSHOT_VERSION,
} from './snapshot-format.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * All entries of the file, none where there is no file. The checksum is known only after the last of them.
 * @throws FraudstreamError where the file is damaged, cut short or of a newer version
 */
export async function* readSnapshot(path: string): AsyncGenerator<KeptEntry> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  try {
    yield* new SnapshotReader(path, file, (await file.stat()).size).entries();
  } finally {
    await file.close();
  }
}

export function damaged(path: string, how: string, cause?: unknown): FraudstreamError {
  return new FraudstreamError('ENGINE_SNAPSHOT_DAMAGED', `The snapshot ${path} cannot be used: ${how}.`, {
    next: 'Put a copy of an intact snapshot in its place, or move it away to start with no keys.',
    exitCode: EXIT.data,
    cause,
  });
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw damaged(path, 'it cannot be opened', error);
  }
}

class SnapshotReader {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #digest: Hash = createHash(DIGEST);
  /** Bytes of the file that have not been handed out. */
  #left: number;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#left = size;
  }

  async *entries(): AsyncGenerator<KeptEntry> {
    await this.#checkHeader();
    for (let database = await this.#database(); database !== DATABASE_END; database = await this.#database()) {
      const rest = await this.#take(RECORD_HEAD_BYTES - 1);
      const head = decodeHead(Buffer.concat([Buffer.of(database), rest]));
      const key = (await this.#take(head.keyBytes)).toString('latin1');
      yield { database, key, expiresAtMs: head.expiresAtMs, payload: await this.#take(head.payloadBytes) };
    }
    await this.#checkDigest();
  }

  async #checkHeader(): Promise<void> {
    const header = await this.#take(HEADER_BYTES);
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(this.#path, 'it is no snapshot of this engine');
    const version = header.readUInt32LE(MAGIC.length);
    if (version >= 1 && version <= SNAPSHOT_VERSION) return;
    throw new FraudstreamError(
      'ENGINE_SNAPSHOT_VERSION',
      `The snapshot ${this.#path} is of version ${version}; this engine reads versions 1 to ${SNAPSHOT_VERSION}.`,
      {
        next: 'Start the release of fraudstream that wrote it, or move the file away to start with no keys.',
        exitCode: EXIT.data,
      },
    );
  }

  async #database(): Promise<number> {
    return (await this.#take(1))[0]!;
  }

  async #checkDigest(): Promise<void> {
    const expected = this.#digest.copy().digest();
    const found = await this.#take(DIGEST_BYTES);
    if (!found.equals(expected)) throw damaged(this.#path, 'its checksum is wrong');
    if (this.#left > 0) throw damaged(this.#path, 'it goes on after its end');
  }

  /** The next bytes. Their number is checked against the file's before anything is allocated. */
  async #take(bytes: number): Promise<Buffer> {
    if (bytes > this.#left) throw damaged(this.#path, 'it is cut short or damaged');
    if (this.#chunk.length - this.#at < bytes) await this.#fill(bytes);
    const taken = this.#chunk.subarray(this.#at, this.#at + bytes);
    this.#at += bytes;
    this.#left -= bytes;
    this.#digest.update(taken);
    return taken;
  }

  /** Reads on, so that at least `bytes` are there. A chunk is never written again: what was handed out stays as it is. */
  async #fill(bytes: number): Promise<void> {
    const rest = this.#chunk.subarray(this.#at);
    const chunk = Buffer.allocUnsafe(Math.min(Math.max(bytes, CHUNK_BYTES), this.#left));
    rest.copy(chunk);
    let filled = rest.length;
    while (filled < chunk.length) {
      const { bytesRead } = await this.#file.read(chunk, filled, chunk.length - filled);
      if (bytesRead === 0) throw damaged(this.#path, 'it became shorter while it was read');
      filled += bytesRead;
    }
    this.#chunk = chunk;
    this.#at = 0;
  }
}
