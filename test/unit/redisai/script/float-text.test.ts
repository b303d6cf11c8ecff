// Promise: the quick way of reading a number from a text gives the double that is nearest to it, as the thorough one does.
import { expect, it } from 'vitest';
import { parseFloatText } from '../../../../src/redisai/script/operators/conversions.ts';

/** The same numbers each time, evenly spread over [0, 1). */
function* numbers(count: number): Generator<number> {
  let state = 1;
  for (let i = 0; i < count; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

it('reads decimals of any length as the nearest double', () => {
  let index = 0;
  for (const x of numbers(20_000)) {
    index += 1;
    const text = ((x - 0.5) * 10 ** ((index % 20) - 3)).toFixed(index % 23);
    expect([text, parseFloatText(text)]).toEqual([text, Number(text)]);
  }
});

it.each([
  '0',
  '-0',
  '007.50',
  '5.',
  '.5',
  '-.5',
  '9007199254740991',
  '9007199254740993',
  '-0.0000000000000000000001',
  '0.' + '3'.repeat(40),
])('reads %s', (text) => {
  expect(parseFloatText(text)).toBe(Number(text));
});

it.each(['', '-', '.', '-.', '1.2.3', '1-2', '--1', '1,5', '1 ', '1..'])('refuses "%s"', (text) => {
  expect(() => parseFloatText(text)).toThrow(/stod|could not convert string to float/);
});
