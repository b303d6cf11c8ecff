// Why bytes are not what the contract says: a closed set, so that dead letters can be counted and filtered by it.

export const CONTRACT_ERRORS = {
  'no-value': 'the record has no value',
  'not-single-object': 'the value starts as none of: Avro single object (C3 01), schema registry (00), JSON ({)',
  'unknown-schema': 'no schema with the fingerprint or number the value names',
  truncated: 'the value ends before its last field',
  'trailing-bytes': 'the value goes on after its last field',
  malformed: 'the value cannot be read with the schema it names',
  'malformed-json': 'the value starts as a JSON object and is none',
  'invalid-value': 'a field holds what the contract does not allow',
} as const;

export type ContractErrorClass = keyof typeof CONTRACT_ERRORS;

/** One value breaks the contract. It costs that record, never its neighbours. */
export class ContractError extends Error {
  readonly errorClass: ContractErrorClass;

  constructor(errorClass: ContractErrorClass, detail?: string) {
    super(detail === undefined ? CONTRACT_ERRORS[errorClass] : `${CONTRACT_ERRORS[errorClass]}: ${detail}`);
    this.name = 'ContractError';
    this.errorClass = errorClass;
  }
}
