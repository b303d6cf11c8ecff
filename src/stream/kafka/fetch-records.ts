// Committed records of one partition, outside of any group: a question that the patched kafkajs answers.
import type { Admin, KafkaMessage } from 'kafkajs';

export const FETCH_BYTES = 1024 * 1024;

export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly maxBytes: number;
}

export interface Fetched {
  /** From the place on, in order; control records and aborted ones are left out. */
  readonly messages: readonly KafkaMessage[];
  /** Where to go on; the place's own offset where there is nothing to be had. */
  readonly nextOffset: number;
}

interface FetchingAdmin extends Admin {
  fetchRecords(place: Place): Promise<Fetched>;
}

export function fetchRecords(admin: Admin, place: Place): Promise<Fetched> {
  return (admin as FetchingAdmin).fetchRecords(place);
}
