// Versions: what an older writer wrote stays readable, and the writer is found by its fingerprint.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractCodec, SingleObjectCodec } from '../../../src/contracts/single-object.ts';

const schema = (fields: readonly object[]): string => JSON.stringify({ type: 'record', name: 'n.R', fields });
const OLD = schema([
  { name: 'kept', type: 'int' },
  { name: 'dropped', type: 'string' },
]);
const NEW = schema([
  { name: 'kept', type: 'double' },
  { name: 'added', type: ['null', 'int'], default: null },
]);

describe('single-object codec', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fraudstream-schemas-'));
    mkdirSync(join(folder, 'history'));
    writeFileSync(join(folder, 'thing.avsc'), NEW);
    writeFileSync(join(folder, 'history', 'thing-1.avsc'), OLD);
    writeFileSync(join(folder, 'history', 'thing.other-1.avsc'), 'not read');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('starts a value with C3 01 and the fingerprint, little-endian', () => {
    const codec = new SingleObjectCodec('"int"');
    expect(codec.fingerprint).toBe('7275d51a3f395c8f');
    expect(codec.encode(1 as unknown as object).toString('hex')).toBe('c3018f5c393f1ad5757202');
  });

  it('reads an older version as the newest: widened, added with its default, dropped', () => {
    const old = new SingleObjectCodec(OLD).encode({ kept: 5, dropped: 'x' });
    expect({ ...(contractCodec('thing', folder).decode(old) as object) }).toEqual({ kept: 5, added: null });
  });

  it('needs no history', () => {
    rmSync(join(folder, 'history'), { recursive: true });
    const codec = contractCodec('thing', folder);
    expect(codec.decode(codec.encode({ kept: 1.5, added: 2 }))).toEqual({ kept: 1.5, added: 2 });
  });

  it('refuses what another contract wrote', () => {
    const other = new SingleObjectCodec(schema([{ name: 'other', type: 'int' }])).encode({ other: 1 });
    expect(() => contractCodec('thing', folder).decode(other)).toThrow('no schema with the fingerprint');
  });

  it('writes values larger than its scratch', () => {
    const codec = new SingleObjectCodec(schema([{ name: 'text', type: 'string' }]));
    const value = { text: 'é'.repeat(20_000) };
    expect(codec.decode(codec.encode(value))).toEqual(value);
  });
});
