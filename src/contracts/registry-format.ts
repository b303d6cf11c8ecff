// Confluent's wire format: a value that names its schema by the number that a schema registry gave it.
//   value = 00, schema id (4 bytes, big-endian), Avro body
import { readFileSync } from 'node:fs';
import avro from 'avsc';
import { messageOf } from '../core/errors.ts';
import { packageFile } from '../core/package-root.ts';
import { readAvroBody } from './avro-body.ts';
import { ContractError } from './contract-error.ts';

const MAGIC = 0;
const HEADER_BYTES = 5;
/** How deep a schema may nest: one of ours nests twice. */
const DEPTH_MAX = 16;

/** Reads the values that were written with one schema. @throws ContractError */
export type WriterSchema = (value: Buffer) => unknown;
/** By schema id. */
export type WriterSchemas = ReadonlyMap<number, WriterSchema>;

interface RecordSchema {
  readonly fields: readonly object[];
}

const CONTRACT = JSON.parse(readFileSync(packageFile('schemas', 'transaction.avsc'), 'utf8')) as RecordSchema;
/** By the field beside the contract's that is read too. */
const TYPES = new Map<string | undefined, avro.Type>();

function transactionType(entityField: string | undefined): avro.Type {
  let type = TYPES.get(entityField);
  if (type === undefined) TYPES.set(entityField, (type = avro.Type.forSchema(schemaWith(entityField) as avro.Schema)));
  return type;
}

function schemaWith(entityField: string | undefined): unknown {
  if (entityField === undefined) return CONTRACT;
  const entity = { name: entityField, type: ['null', 'string', 'long'], default: null };
  return { ...CONTRACT, fields: [...CONTRACT.fields, entity] };
}

/** Undefined where the value is of another format, or too short to name a schema. */
export function schemaIdOf(value: Buffer | null): number | undefined {
  return value !== null && value.length >= HEADER_BYTES && value[0] === MAGIC ? value.readUInt32BE(1) : undefined;
}

/** The fields of a transaction. @throws ContractError */
export function readRegistryFormat(value: Buffer, schemas: WriterSchemas): unknown {
  const id = schemaIdOf(value);
  if (id === undefined) throw new ContractError('truncated');
  const read = schemas.get(id);
  if (read === undefined) throw new ContractError('unknown-schema', `${id}, and no schema registry is set`);
  return read(value);
}

/**
 * Resolves a registered schema, as JSON text, to that of a transaction by Avro's rules; a namespace of its own is no hindrance.
 * One that does not fit refuses every value with the reason.
 */
export function transactionWriter(id: number, text: string, entityField?: string): WriterSchema {
  try {
    const type = transactionType(entityField);
    const schema = JSON.parse(text) as avro.Schema;
    refuseNesting(schema);
    const resolver = type.createResolver(avro.Type.forSchema(schema), { ignoreNamespaces: true });
    return (value) => readAvroBody(type, value, HEADER_BYTES, resolver);
  } catch (cause) {
    return refusingWriter(id, messageOf(cause));
  }
}

export function refusingWriter(id: number, reason: string): WriterSchema {
  return () => {
    throw new ContractError('unknown-schema', `${id}: ${reason}`);
  };
}

/** A count of items comes over the wire: a few bytes that claim billions would keep the reader busy for ever. */
function refuseNesting(schema: unknown, depth = 0): void {
  if (depth > DEPTH_MAX) throw new Error('it nests too deep');
  if (typeof schema !== 'object' || schema === null) return;
  const type: unknown = (schema as { type?: unknown }).type;
  if (type === 'array' || type === 'map') throw new Error('arrays and maps have no place in a transaction');
  for (const part of Object.values(schema)) refuseNesting(part, depth + 1);
}
