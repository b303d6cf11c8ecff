// Which past a transaction has: strictly before it, within the window, newest first, never more than asked for.
import { describe, expect, it } from 'vitest';
import { lookUpCommand, readReferenceKeys, referenceQuery } from '../../../src/stream/reference.ts';
import type { Passenger } from '../../../src/stream/decode.ts';

const passenger = { transaction: { time: 1000.5 } } as Passenger;

describe('reference lookup', () => {
  it('asks for what lies before the transaction, not for itself nor for its second', () => {
    const query = referenceQuery(passenger, { windowSeconds: 100, referencesMax: 10 });
    expect(lookUpCommand('references{t}', query).join(' ')).toBe(
      'ZREVRANGEBYSCORE references{t} (1000.5 900.5 LIMIT 0 10',
    );
  });

  it('takes no references as a good answer', () => {
    expect(readReferenceKeys([], 10)).toEqual([]);
  });

  it.each([
    ['lookup-refused', new Error('ERR syntax error')],
    ['reply-shape', null],
    ['reply-shape', Buffer.from('key')],
    ['reply-shape', [Buffer.from('key'), 7]],
    ['reply-shape', [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')]],
  ])('is %s: %s', (errorClass, reply) => {
    expect(readReferenceKeys(reply, 2)).toMatchObject({ stage: 'reference', errorClass });
  });
});
