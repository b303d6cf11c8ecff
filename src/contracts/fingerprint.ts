// CRC-64-AVRO, the fingerprint by which a single object names the schema it was written with.
// Source: Avro specification, "Schema Fingerprints" and "Transforming into Parsing Canonical Form".
import type avro from 'avsc';

const EMPTY = 0xc15d213aa4d7a795n;

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ ((value & 1n) * EMPTY);
  return value;
});

/** The Rabin fingerprint of `bytes`, as an unsigned 64-bit number. */
export function crc64Avro(bytes: Uint8Array): bigint {
  let value = EMPTY;
  for (const byte of bytes) value = (value >> 8n) ^ TABLE[Number(value & 0xffn) ^ byte]!;
  return value;
}

/** A schema's Parsing Canonical Form: full names, no documentation, no defaults, no white space. */
export function canonicalForm(schema: avro.Type): string {
  return JSON.stringify(schema.schema());
}

/** The fingerprint of a schema, 16 hexadecimal digits. */
export function fingerprintOf(schema: avro.Type): string {
  return crc64Avro(Buffer.from(canonicalForm(schema)))
    .toString(16)
    .padStart(16, '0');
}
