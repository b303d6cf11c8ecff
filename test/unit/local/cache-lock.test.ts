// Promise: the cache is prepared by one at a time, and a lock whose holder died holds nobody up.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { withLock } from '../../../src/local/cache-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the lock of the cache', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(5);
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(join(folder, 'lock'), work)));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from a process that is no more', async () => {
    const lock = join(folder, 'stale');
    // Above the largest process id there can be.
    writeFileSync(lock, '99999999');
    await expect(withLock(lock, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('is released when the work fails', async () => {
    const lock = join(folder, 'failing');
    await expect(withLock(lock, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    await expect(withLock(lock, () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
