// Promise: no card number reaches a log, in whatever form it comes.
import { describe, expect, it } from 'vitest';
import { passesLuhn, scrub, scrubText } from '../../../src/telemetry/scrub.ts';

// A number that payment networks publish for tests.
const CARD = '4111111111111111';
const serialised = (value: unknown): string => JSON.stringify(scrub(value));

describe('scrubbing', () => {
  it.each([
    ['plain', `paid with ${CARD}`],
    ['grouped by blanks', '4111 1111 1111 1111 was declined'],
    ['grouped by hyphens', 'card-4111-1111-1111-1111'],
    ['glued to a word', `pan:${CARD},id_${CARD}x`],
    ['13 digits', 'old card 4222222222222'],
    ['19 digits', 'long card 6304000000000000000'],
    ['behind an offset', `offset 7 ${CARD}`],
    ['before a count', `${CARD} 200 times`],
    ['behind a date', `2026-12-01 ${CARD} 12`],
    ['in groups behind an offset', 'offset 12 4111 1111 1111 1111'],
    ['beside another one', `${CARD} 4222222222222`],
  ])('takes a card number out of a message: %s', (_form, text) => {
    const scrubbed = scrubText(text);
    expect(scrubbed).toContain('[card …');
    expect(scrubbed.replaceAll(/[ -]/g, '')).not.toMatch(/\d{13}/);
  });

  it.each([
    ['fails the checksum', 'order 4111111111111112'],
    ['is longer than any card', '41111111111111111111111'],
    ['is a fraction', 'score 0.4111111111111111'],
    ['is short', 'offset 123456'],
    ['is a list of small numbers', 'shape 1 30 4 11 11 11 11 11 11 11 2'],
  ])('leaves alone what %s', (_why, text) => {
    expect(scrubText(text)).toBe(text);
  });

  it('reaches fields, keys, lists, numbers and causes of errors', () => {
    const error = new Error(`bad ${CARD}`, { cause: new Error(`because of ${CARD}`) });
    Object.assign(error, { command: { args: [CARD] } });
    for (const value of [
      { a: { b: [CARD] } },
      { [CARD]: 1 },
      { pan: Number(CARD) },
      { pan: BigInt(CARD) },
      { error },
    ]) {
      expect(serialised(value)).not.toContain('4111111111');
    }
  });

  it('never writes bytes, whatever they hold', () => {
    expect(serialised({ payload: Buffer.from(CARD) })).toBe('{"payload":"[16 bytes]"}');
  });

  it('ends on an object that holds itself', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(serialised(circle)).toContain('[deeper]');
  });

  it('knows the checksum', () => {
    expect([CARD, '4222222222222', '4111111111111112'].map(passesLuhn)).toEqual([true, true, false]);
  });
});
