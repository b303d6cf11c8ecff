// Promise: in bytes only the digits of card numbers are masked, wherever they stand, and nothing moves.
import { expect, it } from 'vitest';
import { maskCards } from '../../../src/core/card-numbers.ts';

const CARD = '4111111111111111';
const masked = (text: string): string => maskCards(Buffer.from(text, 'latin1')).toString('latin1');

it.each([
  [`\u0000${CARD}\u0001`, '\u0000************1111\u0001'],
  ['pan 4111-1111 1111-1111.', 'pan ****-**** ****-1111.'],
  [`2${CARD}x`, '2************1111x'],
])('masks %j', (given, expected) => expect(masked(given)).toBe(expected));

it.each(['4222222222223', '{"v1":-0.4111111111111111}', '411111111111', 'no digits'])('leaves %j alone', (given) =>
  expect(masked(given)).toBe(given),
);

it('leaves the bytes that it was given as they are', () => {
  const given = Buffer.from(CARD);
  maskCards(given);
  expect(given.toString()).toBe(CARD);
});
