// A transaction as JSON: as good as Avro where it is right, and told what is wrong with it where it is not.
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../src/contracts/contract-error.ts';
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';
import { decodeTransaction, encodeTransaction } from '../../../src/contracts/transaction.ts';

const VALUES = FEATURE_NAMES.map((_, index) => index / 8);
const FIELDS = Object.fromEntries(FEATURE_NAMES.map((name, index) => [name.toLowerCase(), VALUES[index]!]));
const GOOD = { transactionId: '3_1', ...FIELDS, label: 1 };

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
function wordsOf(bytes: Buffer): string {
  try {
    decodeTransaction(bytes);
    return 'taken';
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return `${error.errorClass}: ${error.message}`;
  }
}

describe('a transaction as JSON', () => {
  it('is the same transaction as in Avro', () => {
    const avro = encodeTransaction({ transactionId: '3_1', values: VALUES, label: 1 });
    expect(decodeTransaction(json(GOOD))).toEqual(decodeTransaction(avro));
  });

  it('may leave the label out, or leave it open', () => {
    expect(decodeTransaction(json({ ...GOOD, label: undefined })).label).toBeNull();
    expect(decodeTransaction(json({ ...GOOD, label: null })).label).toBeNull();
  });

  it.each([
    [{ v7: undefined }, /v7: it is missing/],
    [{ v7: null }, /v7: null where a number belongs/],
    [{ v7: '0.5' }, /v7: text where a number belongs/],
    [{ v7: [1] }, /v7: an object or array where a number belongs/],
    [{ amount: -1 }, /amount: -1 is outside/],
    [{ v3: 1e308 }, /v3: 1e\+308 is not a finite float/],
    [{ transactionId: 7 }, /transactionId: a number where text belongs/],
    [{ transactionId: '' }, /transactionId: it is empty/],
    [{ label: true }, /label: a boolean where a number belongs/],
    [{ label: 2 }, /label: 2 is neither 0 nor 1/],
    [{ Label: 1 }, /Label: the contract has no such field/],
  ])('with %j is refused, the field named', (change, words) => {
    expect(wordsOf(json({ ...GOOD, ...change }))).toMatch(/^invalid-value/);
    expect(wordsOf(json({ ...GOOD, ...change }))).toMatch(words);
  });

  it('takes no field from a prototype', () => {
    const text = JSON.stringify(GOOD).replace('"v7":', '"__proto__":');
    expect(wordsOf(Buffer.from(text))).toMatch(/__proto__: the contract has no such field/);
  });

  it.each(['{', '{"v1": 4,', '{"a":1} {"b":2}', '{"card": 4111x}'])(
    'that is none is told without its content: %s',
    (text) => {
      expect(wordsOf(Buffer.from(text))).toMatch(/^malformed-json: [^0-9]* at (position \d+|its end)$/);
    },
  );
});
