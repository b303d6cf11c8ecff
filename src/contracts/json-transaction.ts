// A transaction as a JSON object, with the field names of schemas/transaction.avsc: strict, and wrong fields are named.
import { scrubForeign } from '../core/card-numbers.ts';
import { jsonPlace } from '../core/json-place.ts';
import { ContractError } from './contract-error.ts';
import { FEATURE_NAMES } from './features.ts';

const NUMBERS: readonly string[] = FEATURE_NAMES.map((name) => name.toLowerCase());
const FIELDS: ReadonlySet<string> = new Set(['transactionId', ...NUMBERS, 'label']);

/** What JSON.parse makes of each type, in words; a value itself is nobody's business. */
const WORDS: Readonly<Record<string, string>> = { string: 'text', number: 'a number', boolean: 'a boolean' };

/** The fields of a transaction, with `entityField` where it has one, `label` null where it is absent; their ranges are not looked at here. @throws ContractError */
export function readJsonTransaction(bytes: Buffer, entityField?: string): unknown {
  const fields = parseObject(bytes);
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name) && name !== entityField);
  if (unknown !== undefined) throw invalid(scrubForeign(unknown).slice(0, 40), 'the contract has no such field');
  expect(fields, 'transactionId', 'string', 'text');
  for (const name of NUMBERS) expect(fields, name, 'number', 'a number');
  const { label = null } = fields;
  if (label !== null) expect(fields, 'label', 'number', 'a number');
  return { ...fields, label };
}

function parseObject(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new ContractError('malformed-json', `at ${jsonPlace(error)}`);
  }
}

function expect(fields: Readonly<Record<string, unknown>>, name: string, type: string, expected: string): void {
  const value = fields[name];
  if (typeof value === type) return;
  const found = value === null ? 'null' : (WORDS[typeof value] ?? 'an object or array');
  throw invalid(name, value === undefined ? 'it is missing' : `${found} where ${expected} belongs`);
}

function invalid(field: string, detail: string): ContractError {
  return new ContractError('invalid-value', `${field}: ${detail}`);
}
