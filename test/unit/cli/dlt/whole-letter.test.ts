// Promise: `dlt show` tells everything of a dead letter but a card number.
import { expect, it } from 'vitest';
import { wholeLines, wholeObject } from '../../../../src/cli/dlt/whole-letter.ts';
import { encodeTransaction } from '../../../../src/contracts/transaction.ts';
import { storedLetter } from './stored-letter.ts';

const CARD = '4111111111111111';
const HEX = Buffer.from('41111111').toString('hex');
const transaction = (transactionId: string): Buffer =>
  encodeTransaction({ transactionId, values: Array.from({ length: 30 }, () => 1), label: null });
const shown = (value: Buffer, key = CARD): string => {
  const stored = storedLetter({ key: Buffer.from(key), value }, { reason: `no such key ${CARD}`, origin: CARD });
  return (
    JSON.stringify(wholeObject(stored)) +
    wholeLines(stored)
      .join('\n')
      .replaceAll(/\n {2}\w{6} {2}/g, '')
  );
};

it.each([
  ['a transaction of that id', transaction(CARD)],
  ['an id that holds one, and whose length looks like a digit', transaction(`${CARD}-of-25-ch`)],
  ['JSON', Buffer.from(JSON.stringify({ card: CARD, deeper: { card: '4111 1111 1111 1111' } }))],
  ['no transaction', Buffer.concat([Buffer.from([0xc3, 0x01]), Buffer.from(CARD)])],
])('shows no card number of %s', (_what, value) => {
  const text = shown(value);
  expect(text).not.toMatch(/4111[ -]?1111/);
  expect(text).not.toContain(HEX);
  expect(text).toMatch(/"masked":true[^]*\d+ bytes \(2a where a card number is masked/);
});

it('shows everything else as it came', () => {
  const value = transaction('id-1');
  const text = shown(value, 'id-1');
  expect(text).toContain(value.toString('hex'));
  expect(text).toContain('"transactionId": "id-1"');
  expect(text).toMatch(/"masked":false[^]*\n\d+ bytes:/);
});
