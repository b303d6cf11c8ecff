// A producer of yesterday, a consumer of today: what was written with an older version of the contract is read, and anything else is not.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { SingleObjectCodec } from '../../../src/contracts/single-object.ts';
import { packageFile } from '../../../src/core/package-root.ts';

interface Field {
  name: string;
  type: unknown;
  default?: unknown;
}

const newest = readFileSync(packageFile('schemas', 'transaction.avsc'), 'utf8');
/** The contract of today with its fields changed. */
const version = (change: (fields: Field[]) => Field[]): string => {
  const schema = JSON.parse(newest) as { fields: Field[] };
  return JSON.stringify({ ...schema, fields: change(schema.fields) });
};
const OLDER: Readonly<Record<string, string>> = {
  'no label yet': version((fields) => fields.filter(({ name }) => name !== 'label')),
  'time in whole seconds, amount as float': version((fields) =>
    fields.map((field) => ({ ...field, type: { time: 'int', amount: 'float' }[field.name] ?? field.type })),
  ),
  'a field that was dropped since': version((fields) => [...fields, { name: 'merchant', type: 'string' }]),
};
const UNKNOWN = version((fields) => [...fields, { name: 'neverHeardOf', type: 'long' }]);

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-schemas-'));
cpSync(packageFile('schemas'), folder, { recursive: true });
mkdirSync(join(folder, 'history'), { recursive: true });
Object.values(OLDER).forEach((text, index) => {
  writeFileSync(join(folder, 'history', `transaction-${index + 1}.avsc`), text);
});
vi.doMock('../../../src/core/package-root.ts', () => ({
  packageFile: (_schemas: string, ...parts: string[]) => join(folder, ...parts),
}));
vi.resetModules();
const { decodeRecords } = await import('../../../src/stream/decode.ts');

afterAll(() => rmSync(folder, { recursive: true }));

const numbers = Object.fromEntries(Array.from({ length: 28 }, (_, index) => [`v${index + 1}`, index / 8]));
const written = (schema: string): Buffer =>
  new SingleObjectCodec(schema).encode({
    ...{ transactionId: 'old-1', time: 7, ...numbers, amount: 12.5, label: null },
    ...{ merchant: 'a shop', neverHeardOf: 1 },
  });
const decode = (value: Buffer) =>
  decodeRecords([{ topic: 't', partition: 0, offset: 0, timestamp: 0, key: null, value }]);

describe('a transaction of an older version', () => {
  it.each(Object.entries(OLDER))('is read: %s', (_, schema) => {
    const { passengers, faults } = decode(written(schema));
    expect(faults.size).toBe(0);
    expect(passengers[0]?.transaction).toMatchObject({ transactionId: 'old-1', time: 7, amount: 12.5, label: null });
    expect([...passengers[0]!.transaction.features].slice(1, 29)).toEqual(Object.values(numbers));
  });

  it('becomes a dead letter where nobody kept its schema', () => {
    const { passengers, faults } = decode(written(UNKNOWN));
    expect(passengers).toEqual([]);
    expect([...faults.values()]).toMatchObject([{ stage: 'decode', errorClass: 'unknown-schema' }]);
  });
});
