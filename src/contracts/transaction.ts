// A transaction as it travels on the topic: thirty numbers, an id, perhaps a label. First step of the road: decode.
import { ContractError } from './contract-error.ts';
import { AMOUNT_INDEX, FEATURE_COUNT, FEATURE_NAMES, TIME_INDEX } from './features.ts';
import { readJsonTransaction } from './json-transaction.ts';
import { readRegistryFormat, type WriterSchemas } from './registry-format.ts';
import { contractCodec } from './single-object.ts';
import { TransactionLayout, type TransactionFields } from './transaction-layout.ts';

export type { TransactionFields } from './transaction-layout.ts';

export const TRANSACTION_ID_CHARS_MAX = 128;
/** The end of the year 9999 where Time counts from 1970; anything later is a mistake of units. */
export const TIME_SECONDS_MAX = 253_402_300_799;
export const AMOUNT_MAX = 1e9;

export interface Transaction {
  readonly transactionId: string;
  /** Seconds; exact, where `features` holds it rounded to float32. */
  readonly time: number;
  readonly amount: number;
  /** FLOAT (1, 30), the model's input: Time, V1 … V28, Amount. */
  readonly features: Float32Array;
  readonly label: number | null;
  /** Whose it is (a card, an account), where the topic says so and somebody asked. */
  readonly entity?: string | undefined;
}

const codec = contractCodec('transaction');
/** Fields of the schema, at the place of each feature: time, v1 … v28, amount. */
const RECORD_FIELDS = FEATURE_NAMES.map((name) => name.toLowerCase());
const LAYOUT = new TransactionLayout(codec.header);

/** @throws ContractError where a value is outside the contract: no producer sends what no consumer takes. */
export function encodeTransaction(fields: TransactionFields): Buffer {
  if (fields.values.length !== FEATURE_COUNT) throw invalid('values', `${fields.values.length} numbers, not 30`);
  checkTransaction(fields, new Float32Array(FEATURE_COUNT));
  return LAYOUT.write(fields);
}

/**
 * Reads every format that a transaction may come in; `schemas` are those that a registry has for this value, `features` the
 * memory that its features are to stand in, where they get none of their own. `entityField` is a field beside the contract's that
 * says whose the transaction is.
 * @throws ContractError: with its class, for the dead letter.
 */
export function decodeTransaction(
  bytes: Buffer | null,
  schemas: WriterSchemas = NO_SCHEMAS,
  features: Float32Array = new Float32Array(FEATURE_COUNT),
  entityField?: string,
): Transaction {
  const known = LAYOUT.read(bytes, VALUES);
  if (known !== undefined && entityField === undefined) return transactionOf(known, features);
  const record = readRecord(bytes, schemas, entityField) as Readonly<Record<string, unknown>>;
  const transaction = transactionOf(fieldsOf(record), features);
  return entityField === undefined
    ? transaction
    : { ...transaction, entity: entityOf(entityField, record[entityField]) };
}

function transactionOf(fields: TransactionFields, features: Float32Array): Transaction {
  checkTransaction(fields, features);
  const { transactionId, values, label } = fields;
  return { transactionId, time: values[TIME_INDEX]!, amount: values[AMOUNT_INDEX]!, features, label };
}

/** Text or a whole number; absent and null are nobody's. */
function entityOf(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
  if (typeof value !== 'string' && !isWhole) throw invalid(field, 'neither text nor a whole number');
  const entity = String(value);
  checkText(field, entity);
  return entity;
}

function fieldsOf(record: Readonly<Record<string, unknown>>): TransactionFields {
  return {
    transactionId: record['transactionId'] as string,
    values: RECORD_FIELDS.map((field) => record[field] as number),
    label: record['label'] as number | null,
  };
}

const NO_SCHEMAS: WriterSchemas = new Map();
/** Of the transaction that is being read: memory for each would cost more than reading it. */
const VALUES = new Float64Array(FEATURE_COUNT);

/** Any format and any version; and where bytes are wrong, it says how. The first byte tells: C3, 00, or the brace of a JSON object. */
function readRecord(bytes: Buffer | null, schemas: WriterSchemas, entityField: string | undefined): unknown {
  if (bytes?.[0] === 0x00) return readRegistryFormat(bytes, schemas);
  if (bytes?.[0] === 0x7b) return readJsonTransaction(bytes, entityField);
  const record = codec.decode(bytes);
  // Scored without it, it would silently have no history.
  if (entityField !== undefined) throw invalid(entityField, NO_ENTITY);
  return record;
}

const NO_ENTITY = 'a single object has no such field: send JSON, or Avro by a schema registry';

/** Decoding proves little: most flipped bytes still decode. What the values mean is checked here. */
function checkTransaction({ transactionId, values, label }: TransactionFields, features: Float32Array): void {
  checkText('transactionId', transactionId);
  for (let index = 0; index < FEATURE_COUNT; index++) {
    features[index] = values[index]!;
    if (!Number.isFinite(features[index])) {
      throw invalid(RECORD_FIELDS[index]!, `${values[index]!} is not a finite float`);
    }
  }
  checkRange('time', values[TIME_INDEX]!, TIME_SECONDS_MAX);
  checkRange('amount', values[AMOUNT_INDEX]!, AMOUNT_MAX);
  if (label !== null && label !== 0 && label !== 1) throw invalid('label', `${String(label)} is neither 0 nor 1`);
}

/** What nearly all ids are: quicker to see than that nothing is forbidden. */
const PLAIN_ID = /^[ -~]*$/;
/** Replacement characters are what bad UTF-8 decodes to; control characters would break logs and keys. */
const FORBIDDEN_IN_ID = /[\p{Cc}\uFFFD]/u;

function checkText(field: string, text: string): void {
  if (text.length === 0) throw invalid(field, 'it is empty');
  if (text.length > TRANSACTION_ID_CHARS_MAX) throw invalid(field, `${text.length} characters`);
  if (!PLAIN_ID.test(text) && FORBIDDEN_IN_ID.test(text)) throw invalid(field, 'it holds characters that are no text');
}

function checkRange(field: string, value: number, max: number): void {
  if (value < 0 || value > max) throw invalid(field, `${value} is outside 0 to ${max}`);
}

function invalid(field: string, detail: string): ContractError {
  return new ContractError('invalid-value', `${field}: ${detail}`);
}
