// Promise: the layout by hand is the schema's: it writes what avsc writes and reads what avsc reads, and leaves alone whatever
// is not laid out so.
import { readFileSync } from 'node:fs';
import avro from 'avsc';
import { expect, it } from 'vitest';
import { decodeTransaction, encodeTransaction } from '../../../src/contracts/transaction.ts';
import { TransactionLayout } from '../../../src/contracts/transaction-layout.ts';
import { packageFile } from '../../../src/core/package-root.ts';

const schema = JSON.parse(readFileSync(packageFile('schemas', 'transaction.avsc'), 'utf8')) as {
  fields: { name: string }[];
};
const type = avro.Type.forSchema(schema as avro.Schema);
const values = Array.from({ length: 30 }, (_, index) => (index === 0 ? 7.25 : Math.sin(index) + 1));
const fields = schema.fields.map(({ name }) => name);
const CASES = ['7_3', 'x', 'ü', '漢'.repeat(40), 'i'.repeat(63), 'i'.repeat(64), 'i'.repeat(128)].flatMap(
  (transactionId) => [null, 0, 1].map((label) => ({ transactionId, label })),
);

it.each(CASES)('writes what the schema says: %j', ({ transactionId, label }) => {
  const record = Object.fromEntries(fields.map((field, index) => [field, values[index - 1]]));
  const body = type.toBuffer({ ...record, transactionId, label });
  const bytes = encodeTransaction({ transactionId, values, label });
  expect(bytes.subarray(10).equals(body)).toBe(true);
  expect(decodeTransaction(bytes)).toMatchObject({ transactionId, time: 7.25, amount: values[29], label });
});

it('reads nothing but what is laid out so, to the last byte', () => {
  const good = encodeTransaction({ transactionId: '7_3', values, label: 1 });
  const layout = new TransactionLayout(good.subarray(0, 10));
  const read = (bytes: Buffer): unknown => layout.read(bytes, new Float64Array(30));
  expect(read(good)).toEqual({ transactionId: '7_3', values: Float64Array.from(values), label: 1 });
  for (let length = 0; length < good.length; length++) expect(read(good.subarray(0, length))).toBeUndefined();
  expect(read(Buffer.concat([good, Buffer.alloc(1)]))).toBeUndefined();
  for (const [at, byte] of [
    [0, 0],
    [9, 0],
    [10, 7],
    [10, 255],
    [good.length - 2, 4],
    [good.length - 1, 4],
  ] as const) {
    const other = Buffer.from(good);
    other[at] = byte === other[at] ? byte + 1 : byte;
    expect(read(other), `byte ${at}`).toBeUndefined();
  }
});
