// What may travel as a transaction, and how each kind of bad bytes is told from the others.
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../src/contracts/contract-error.ts';
import { decodeTransaction, encodeTransaction } from '../../../src/contracts/transaction.ts';

const VALUES = Array.from({ length: 30 }, (_, index) => (index === 0 ? 7 : index / 8));
const good = (): Buffer => encodeTransaction({ transactionId: '7_3', values: VALUES, label: 1 });

/** Bytes 10… : id length, '7_3', then doubles. */
const FIRST_DOUBLE = 14;

function errorOf(read: () => unknown): ContractError {
  try {
    read();
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const withDouble = (index: number, value: number): Buffer => {
  const bytes = good();
  bytes.writeDoubleLE(value, FIRST_DOUBLE + 8 * index);
  return bytes;
};

describe('a transaction', () => {
  it('comes back as it was sent, its thirty numbers as the model takes them', () => {
    const transaction = decodeTransaction(good());
    expect(transaction).toMatchObject({ transactionId: '7_3', time: 7, amount: 29 / 8, label: 1 });
    expect([...transaction.features]).toEqual(VALUES);
  });

  it('needs no label', () => {
    expect(decodeTransaction(encodeTransaction({ transactionId: 'x', values: VALUES, label: null })).label).toBeNull();
  });

  it('keeps its time exact where float32 would not', () => {
    const values = VALUES.with(0, 1_700_000_001);
    expect(decodeTransaction(encodeTransaction({ transactionId: 'x', values, label: 0 })).time).toBe(1_700_000_001);
  });

  it('may have an id of 128 characters of any script', () => {
    const transactionId = 'é'.repeat(128);
    const bytes = encodeTransaction({ transactionId, values: VALUES, label: null });
    expect(decodeTransaction(bytes).transactionId).toBe(transactionId);
  });

  it.each([
    ['no-value', null],
    ['no-value', Buffer.alloc(0)],
    ['not-single-object', Buffer.from('transactionId=1')],
    ['invalid-value', Buffer.from('{"Time":0}')],
    ['unknown-schema', Buffer.concat([Buffer.from('0000000001', 'hex'), good().subarray(10)])],
    ['not-single-object', Buffer.from([0xc3])],
    ['truncated', good().subarray(0, 9)],
    ['truncated', good().subarray(0, -1)],
    ['trailing-bytes', Buffer.concat([good(), Buffer.from([0])])],
    ['unknown-schema', Buffer.concat([Buffer.from('c301ffffffffffffffff', 'hex'), good().subarray(10)])],
    ['malformed', Buffer.concat([good().subarray(0, -2), Buffer.from([0x20])])],
    ['invalid-value', withDouble(0, Number.NaN)],
    ['invalid-value', withDouble(0, -1)],
    ['invalid-value', withDouble(0, 253_402_300_800)],
    ['invalid-value', withDouble(3, Number.NEGATIVE_INFINITY)],
    ['invalid-value', withDouble(3, 1e308)],
    ['invalid-value', withDouble(29, Number.NaN)],
    ['invalid-value', withDouble(29, -0.01)],
    ['invalid-value', withDouble(29, 1e10)],
  ])('is refused as %s: %#', (errorClass, bytes) => {
    expect(errorOf(() => decodeTransaction(bytes)).errorClass).toBe(errorClass);
  });

  it.each([
    ['an empty id', { transactionId: '' }],
    ['an endless id', { transactionId: 'x'.repeat(129) }],
    ['an id with a line end', { transactionId: 'a\nb' }],
    ['an id that was no UTF-8', { transactionId: 'a\uFFFDb' }],
    ['29 numbers', { values: VALUES.slice(1) }],
    ['NaN', { values: VALUES.with(4, Number.NaN) }],
    ['a label of 2', { label: 2 }],
  ])('with %s is not sent', (_, change) => {
    const send = () => encodeTransaction({ transactionId: 'x', values: VALUES, label: null, ...change });
    expect(errorOf(send).errorClass).toBe('invalid-value');
  });

  it('cut anywhere is truncated or no single object, never a transaction', () => {
    const bytes = good();
    const classes = Array.from(bytes, (_, end) => errorOf(() => decodeTransaction(bytes.subarray(0, end))).errorClass);
    expect(new Set(classes)).toEqual(new Set(['no-value', 'not-single-object', 'truncated']));
  });

  it('of random bytes is a ContractError and nothing else', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 0x7fffffff);
    for (let round = 0; round < 5_000; round++) {
      const bytes = Buffer.from(good());
      for (let flips = 0; flips < 8; flips++) bytes[10 + (random() % (bytes.length - 10))] = random() & 0xff;
      const cut = bytes.subarray(0, random() % (bytes.length + 1));
      try {
        expect(decodeTransaction(cut).features.every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(ContractError);
      }
    }
  });
});
