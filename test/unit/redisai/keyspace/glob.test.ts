// Promise: patterns mean what they mean in Redis, and no pattern takes long.
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../../../src/redisai/keyspace/glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['*', ''],
    ['*', 'anything'],
    ['a?c', 'abc'],
    ['a*c*e', 'abcde'],
    ['a**', 'a'],
    ['[a-c]x', 'bx'],
    ['[c-a]x', 'bx'],
    ['[^a]x', 'bx'],
    ['[\\]]', ']'],
    ['\\*', '*'],
    ['h[ae]llo', 'hello'],
    ['[abc', 'b'],
    ['a\\', 'a\\'],
    ['*\xff', 'a\xff'],
  ])('%j fits %j', (pattern, text) => {
    expect(matchesGlob(pattern, text)).toBe(true);
  });

  it.each([
    ['', 'a'],
    ['a', ''],
    ['a?c', 'ac'],
    ['[^a]x', 'ax'],
    ['[a-c]', 'd'],
    ['\\*', 'a'],
    ['a*b', 'abc'],
    ['?', ''],
    ['[]', 'a'],
    ['*' + 'a'.repeat(2000), 'a'.repeat(2000)],
  ])('%j does not fit %j', (pattern, text) => {
    expect(matchesGlob(pattern, text)).toBe(false);
  });

  it('takes steps in the order of pattern × text for the patterns that undo others', () => {
    expect(matchesGlob('*a'.repeat(400) + 'b', 'a'.repeat(100_000))).toBe(false);
  });
});
