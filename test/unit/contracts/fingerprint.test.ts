// CRC-64-AVRO against the published vectors, and the canonical form it is taken of.
import avro from 'avsc';
import { describe, expect, it } from 'vitest';
import { canonicalForm, crc64Avro, fingerprintOf } from '../../../src/contracts/fingerprint.ts';

describe('fingerprint', () => {
  it.each([
    ['"null"', '63dd24e7cc258f8a'],
    ['"boolean"', '9f42fc78a4d4f764'],
    ['"int"', '7275d51a3f395c8f'],
    ['"long"', 'd054e14493f41db7'],
    ['"float"', '4d7c02cb3ea8d790'],
    ['"double"', '8e7535c032ab957e'],
    ['"string"', '8f014872634503c7'],
  ])('of the canonical form %s is the published %s', (form, hex) => {
    expect(crc64Avro(Buffer.from(form)).toString(16).padStart(16, '0')).toBe(hex);
  });

  it('is taken of the Parsing Canonical Form: full name first, no doc, default, logical type or wrapped primitive', () => {
    const type = avro.Type.forSchema({
      doc: 'ignored',
      fields: [
        { name: 'a', doc: 'ignored', type: { type: 'long', logicalType: 'timestamp-millis' } },
        { default: null, type: ['null', 'int'], name: 'b' },
      ],
      type: 'record',
      namespace: 'n.s',
      name: 'R',
    } as unknown as avro.Schema);
    expect(canonicalForm(type)).toBe(
      '{"name":"n.s.R","type":"record","fields":[{"name":"a","type":"long"},{"name":"b","type":["null","int"]}]}',
    );
    expect(fingerprintOf(type)).toMatch(/^[0-9a-f]{16}$/);
  });
});
