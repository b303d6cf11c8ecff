// Step 2 of the road: a record's bytes → a transaction, or the fault that keeps it from being one.
import { ContractError } from '../contracts/contract-error.ts';
import type { WriterSchemas } from '../contracts/registry-format.ts';
import { FEATURE_COUNT } from '../contracts/features.ts';
import { decodeTransaction, type Transaction } from '../contracts/transaction.ts';
import { recordFault, type RecordFault } from './record-fault.ts';
import type { SourceRecord } from './source-record.ts';

/** One record on its way; exactly one of `score` and `fault` is set at the end of the road. */
export interface Passenger {
  readonly record: SourceRecord;
  readonly transaction: Transaction;
}

export interface Decoded {
  readonly passengers: readonly Passenger[];
  readonly faults: ReadonlyMap<SourceRecord, RecordFault>;
}

/** `schemas` are those of a registry that the records name; `entityField` as in `decodeTransaction`. */
export function decodeRecords(
  records: readonly SourceRecord[],
  schemas?: WriterSchemas,
  entityField?: string,
): Decoded {
  const passengers: Passenger[] = [];
  const faults = new Map<SourceRecord, RecordFault>();
  // One piece of memory for all: a piece for each would cost more than decoding it.
  const features = new Float32Array(records.length * FEATURE_COUNT);
  let end = 0;
  for (const record of records) {
    const own = features.subarray(end, (end += FEATURE_COUNT));
    try {
      passengers.push({ record, transaction: decodeTransaction(record.value, schemas, own, entityField) });
    } catch (error) {
      // Anything else is a defect; it ends the consumer rather than a record.
      if (!(error instanceof ContractError)) throw error;
      faults.set(record, recordFault('decode', error.errorClass, error.message));
    }
  }
  return { passengers, faults };
}
