// What is primed is what would have come: the same items, the same end, the same failure at its place.
import { describe, expect, it } from 'vitest';
import { primed } from '../../../producers/primed.ts';

/** Numbers from 0, and what was asked of them. */
function numbers(count: number, failure?: Error) {
  const seen = { asked: 0, closed: false };
  async function* items(): AsyncGenerator<number> {
    try {
      for (let item = 0; item < count; item++) {
        seen.asked += 1;
        yield await Promise.resolve(item);
      }
      if (failure !== undefined) throw failure;
    } finally {
      seen.closed = true;
    }
  }
  return { seen, items: items() };
}

describe('primed', () => {
  it.each([
    ['fewer', 3],
    ['as many', 5],
    ['more', 12],
  ])('gives all items in order where there are %s than it makes ready', async (_words, count) => {
    const { items } = numbers(count);
    const given: number[] = [];
    for await (const item of await primed(items, 5)) given.push(item);
    expect(given).toEqual(Array.from({ length: count }, (_, item) => item));
  });

  it('has read so many before the first is taken, and no more', async () => {
    const { items, seen } = numbers(100);
    await primed(items, 5);
    expect(seen.asked).toBe(5);
  });

  it.each([2, 8])('fails behind the %i items before the failure, not before them', async (count) => {
    const { items } = numbers(count, new Error('row 7 is broken'));
    const given: number[] = [];
    const taking = (async () => {
      for await (const item of await primed(items, 5)) given.push(item);
    })();
    await expect(taking).rejects.toThrow('row 7 is broken');
    expect(given).toHaveLength(count);
  });

  it('closes what it reads from when its reader leaves early', async () => {
    const { items, seen } = numbers(100);
    for await (const item of await primed(items, 5)) if (item === 2) break;
    expect(seen.closed).toBe(true);
  });
});
