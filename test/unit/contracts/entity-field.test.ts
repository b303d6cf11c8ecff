// Promise: a field beside the contract's, asked for by name, says whose a transaction is; in JSON and in a registry's Avro.
import avro from 'avsc';
import { expect, it } from 'vitest';
import { ContractError } from '../../../src/contracts/contract-error.ts';
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';
import { transactionWriter } from '../../../src/contracts/registry-format.ts';
import { decodeTransaction, encodeTransaction } from '../../../src/contracts/transaction.ts';

const NUMBERS = Object.fromEntries(FEATURE_NAMES.map((name) => [name.toLowerCase(), 1]));
const json = (more: object): Buffer => Buffer.from(JSON.stringify({ transactionId: 't', ...NUMBERS, ...more }));
const entityIn = (bytes: Buffer, field: string | undefined = 'cardId'): string | undefined =>
  decodeTransaction(bytes, undefined, undefined, field).entity;

it.each([
  ['text', { cardId: '4711' }, '4711'],
  ['text of any kind', { cardId: 'Müller {x}:y' }, 'Müller {x}:y'],
  ['a whole number', { cardId: 4711 }, '4711'],
  ['null', { cardId: null }, undefined],
  ['absent', {}, undefined],
])('JSON: %s', (_what, more, expected) => {
  expect(entityIn(json(more))).toBe(expected);
});

it.each([
  ['a fraction', 1.5],
  ['an object', {}],
  ['nothing but a name', ''],
  ['a control character', 'a\u0007'],
  ['129 characters', 'x'.repeat(129)],
])('refuses %s', (_what, cardId) => {
  expect(() => entityIn(json({ cardId }))).toThrow(ContractError);
});

it('refuses the field where nobody asked for it', () => {
  expect(() => entityIn(json({ cardId: '1' }), 'account')).toThrow(/cardId/);
});

it('refuses a single object, which has no such field, where it is asked for', () => {
  const bytes = encodeTransaction({ transactionId: 't', values: new Array<number>(30).fill(1), label: null });
  expect(() => entityIn(bytes)).toThrow(/cardId: a single object has no such field: send JSON/);
  expect(decodeTransaction(bytes).entity).toBeUndefined();
});

it.each([
  ['string', '4711', '4711'],
  [['null', 'string'], null, undefined],
  ['long', 4711, '4711'],
])('Avro of a registry: %j', (type, cardId, expected) => {
  const fields = ['transactionId', ...Object.keys(NUMBERS)].map((name, index) => ({
    name,
    type: index === 0 ? 'string' : 'double',
  }));
  const schema = { type: 'record', name: 'Transaction', fields: [...fields, { name: 'cardId', type }] };
  const body = avro.Type.forSchema(schema as avro.Schema).toBuffer({ transactionId: 't', ...NUMBERS, cardId });
  const schemas = new Map([[7, transactionWriter(7, JSON.stringify(schema), 'cardId')]]);
  const value = Buffer.concat([Buffer.from([0, 0, 0, 0, 7]), body]);
  expect(decodeTransaction(value, schemas, undefined, 'cardId').entity).toBe(expected);
  const without = new Map([[7, transactionWriter(7, JSON.stringify(schema))]]);
  expect(decodeTransaction(value, without).entity).toBeUndefined();
});
