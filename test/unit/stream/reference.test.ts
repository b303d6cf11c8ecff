// Which past a transaction has: never later than itself, never itself, within the window, newest first, never too many.
import { describe, expect, it } from 'vitest';
import { lookUpCommand, readReferenceKeys, referenceQuery } from '../../../src/stream/reference.ts';
import type { Passenger } from '../../../src/stream/decode.ts';
import { KeyList } from '../../../src/stream/engine/key-list.ts';

const passenger = { transaction: { transactionId: '1000.5_7', time: 1000.5 } } as Passenger;
const query = referenceQuery(passenger, { tag: 't', windowSeconds: 100, referencesMax: 2, lookup: 'client' });
const keys = (...names: string[]): KeyList => KeyList.of(names.map((name) => Buffer.from(name)));
const namesOf = (answer: unknown): string[] => [...(answer as KeyList)].map(String);

describe('reference lookup', () => {
  it('asks for nothing later than the transaction, and for one more than wanted', () => {
    expect(lookUpCommand('references{t}', query).join(' ')).toBe(
      'ZREVRANGEBYSCORE references{t} 1000.5 900.5 LIMIT 0 3',
    );
  });

  it('takes no references as a good answer', () => {
    expect(namesOf(readReferenceKeys(keys(), query))).toEqual([]);
  });

  it('leaves the transaction itself out, wherever it stands', () => {
    expect(namesOf(readReferenceKeys(keys('a{t}', '1000.5_7{t}', 'b{t}'), query))).toEqual(['a{t}', 'b{t}']);
    expect(namesOf(readReferenceKeys(keys('1000.5_7{t}'), query))).toEqual([]);
  });

  it('knows the transaction itself by any id', () => {
    const named = { transaction: { transactionId: 'é漢', time: 1 } } as Passenger;
    const asked = referenceQuery(named, { tag: 't', windowSeconds: 100, referencesMax: 2, lookup: 'client' });
    expect(namesOf(readReferenceKeys(keys('é漢{t}', 'è漢{t}'), asked))).toEqual(['è漢{t}']);
  });

  it('takes the newest where the one more is another transaction', () => {
    expect(namesOf(readReferenceKeys(keys('a{t}', 'b{t}', 'c{t}'), query))).toEqual(['a{t}', 'b{t}']);
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
