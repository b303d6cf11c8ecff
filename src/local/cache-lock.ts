// One process at a time prepares the cache. What is prepared arrives by a rename, so a lock taken over by mistake
// costs work done twice, never a broken cache.
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, FraudstreamError } from '../core/errors.ts';

const WAIT_MS_MAX = 900_000;
const RETRY_EVERY_MS = 200;

/** Runs `work` while holding the lock file; the lock of a process that is no more is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + WAIT_MS_MAX;
  while (!(await tryLock(file))) {
    if (performance.now() > giveUpAt) throw lockStuck(file);
    if (!(await holderLives(file))) await rm(file, { force: true });
    await sleep(RETRY_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** A link appears with its content, so a lock file always names its holder. */
async function tryLock(file: string): Promise<boolean> {
  // Of this attempt alone: several of one process may be under way.
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

async function holderLives(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined || processLives(Number(text));
}

export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function lockStuck(file: string): FraudstreamError {
  return new FraudstreamError('CACHE_LOCKED', `another process has held ${file} for 15 minutes`, {
    next: 'end that process, or remove the file',
    exitCode: EXIT.unavailable,
  });
}
