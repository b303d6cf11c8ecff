// Promise: a typing error finds the word that was meant, and nothing is suggested for something else altogether.
import { describe, expect, it } from 'vitest';
import { closestWord, editDistance } from '../../../src/config/closest-word.ts';

describe('the closest word', () => {
  it.each([
    ['exactly_once', 'exactly-once'],
    ['EXACTLY-ONCE', 'exactly-once'],
    ['at-least-one', 'at-least-once'],
    ['banana', undefined],
  ])('to %s is %s', (given, meant) => {
    expect(closestWord(given, ['exactly-once', 'at-least-once'])).toBe(meant);
  });

  it.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['same', 'same', 0],
  ])('%s and %s are %i edits apart', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});
