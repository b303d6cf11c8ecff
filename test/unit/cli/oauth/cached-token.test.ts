// Promise: one token serves until shortly before it expires, and those who ask at the same time ask once.
import { describe, expect, it } from 'vitest';
import { cachedToken } from '../../../../src/cli/oauth/cached-token.ts';

describe('a cached token', () => {
  let now = 0;
  let asked = 0;
  const tokens = (lifeMs: number) => {
    [now, asked] = [0, 0];
    return cachedToken(
      () => Promise.resolve({ token: `token-${(asked += 1)}`, lifeMs }),
      () => now,
    );
  };

  it.each([
    [1_000_000, 800_000],
    [60_000, 30_000],
  ])('that lives for %i ms serves for %i', async (lifeMs, usedMs) => {
    const token = tokens(lifeMs);
    expect(await Promise.all([token(), token()])).toEqual(['token-1', 'token-1']);
    now = usedMs - 1;
    expect(await token()).toBe('token-1');
    now = usedMs;
    expect(await token()).toBe('token-2');
  });

  it.each([0, 20_000])('that lives for %i ms serves once', async (lifeMs) => {
    const token = tokens(lifeMs);
    await token();
    expect(await token()).toBe('token-2');
  });

  it('is asked for again after a failure', async () => {
    let isAway = true;
    const token = cachedToken(() =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve({ token: 'token', lifeMs: 100_000 }),
    );
    await expect(token()).rejects.toThrow('away');
    isAway = false;
    expect(await token()).toBe('token');
  });
});
