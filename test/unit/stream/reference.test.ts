// Which past a transaction has: never later than itself, never itself, within the window, newest first, never too many.
import { describe, expect, it } from 'vitest';
import { lookUpCommand, readReferenceKeys, referenceQuery } from '../../../src/stream/reference.ts';
import type { Passenger } from '../../../src/stream/decode.ts';

const passenger = { transaction: { transactionId: '1000.5_7', time: 1000.5 } } as Passenger;
const query = referenceQuery(passenger, { tag: 't', windowSeconds: 100, referencesMax: 2 });
const keys = (...names: string[]): Buffer[] => names.map((name) => Buffer.from(name));

describe('reference lookup', () => {
  it('asks for nothing later than the transaction, and for one more than wanted', () => {
    expect(lookUpCommand('references{t}', query).join(' ')).toBe(
      'ZREVRANGEBYSCORE references{t} 1000.5 900.5 LIMIT 0 3',
    );
  });

  it('takes no references as a good answer', () => {
    expect(readReferenceKeys([], query)).toEqual([]);
  });

  it('leaves the transaction itself out, wherever it stands', () => {
    expect(readReferenceKeys(keys('a{t}', '1000.5_7{t}', 'b{t}'), query)).toEqual(keys('a{t}', 'b{t}'));
    expect(readReferenceKeys(keys('1000.5_7{t}'), query)).toEqual([]);
  });

  it('takes the newest where the one more is another transaction', () => {
    expect(readReferenceKeys(keys('a{t}', 'b{t}', 'c{t}'), query)).toEqual(keys('a{t}', 'b{t}'));
  });

  it.each([
    ['lookup-refused', new Error('ERR syntax error')],
    ['reply-shape', null],
    ['reply-shape', Buffer.from('key')],
    ['reply-shape', [Buffer.from('key'), 7]],
    ['reply-shape', keys('a', 'b', 'c', 'd')],
  ])('is %s: %s', (errorClass, reply) => {
    expect(readReferenceKeys(reply, query)).toMatchObject({ stage: 'reference', errorClass });
  });
});
