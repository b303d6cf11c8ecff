// Writes a snapshot beside the last one and puts it in its place, slice by slice, so that clients are served in between.
import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DATABASE_END, DIGEST, encodeHead, encodeHeader } from './snapshot-format.ts';
import type { KeptEntry, SnapshotTaker } from './snapshot-taker.ts';

/** Work between two writes: what a client may have to wait for. */
const SLICE_MS = 4;
const SLICE_BYTES = 1024 * 1024;

/** @throws what the file system says; the file at `path` is then as it was */
export async function writeSnapshot(path: string, users: readonly KeptEntry[], taker: SnapshotTaker): Promise<void> {
  const beside = `${path}.new`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await writeRecords(file, users, taker);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // What is left of it is written over by the next one.
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeRecords(file: FileHandle, users: readonly KeptEntry[], taker: SnapshotTaker): Promise<void> {
  const digest = createHash(DIGEST);
  const write = async (parts: readonly Uint8Array[]): Promise<void> => {
    for (const part of parts) digest.update(part);
    await file.writev(parts as Uint8Array[]);
  };
  await write([encodeHeader(), ...users.flatMap(encodeRecord)]);
  for (let slice = takeSlice(taker); slice.length > 0; slice = takeSlice(taker)) await write([Buffer.concat(slice)]);
  await write([Buffer.of(DATABASE_END)]);
  await file.writev([digest.digest()]);
}

function takeSlice(taker: SnapshotTaker): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const endsAtMs = performance.now() + SLICE_MS;
  for (let bytes = 0; bytes < SLICE_BYTES && performance.now() < endsAtMs;) {
    const entry = taker.next();
    if (entry === undefined) break;
    parts.push(...encodeRecord(entry));
    bytes += entry.key.length + entry.payload.length;
  }
  return parts;
}

function encodeRecord({ database, key, expiresAtMs, payload }: KeptEntry): Uint8Array[] {
  const head = encodeHead({ database, expiresAtMs, keyBytes: key.length, payloadBytes: payload.length });
  return [head, Buffer.from(key, 'latin1'), payload];
}

/** The new name is safe only with the folder that holds it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
