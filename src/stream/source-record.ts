// A record of the transactions topic, and a batch of them, as the source hands them to the road.
import type { ReplayedFrom } from '../contracts/replayed-record.ts';

/** A name that comes twice has a list. */
export type RecordHeaders = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

export interface SourceRecord {
  readonly topic: string;
  readonly partition: number;
  /** Exact: Kafka's 64 bits are counted from 0, and 2^53 records are not reached. */
  readonly offset: number;
  /** Milliseconds since 1970, as the record carries them. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** As the record carries them; only traces look into them here. */
  readonly headers?: RecordHeaders | undefined;
  /** Set where it is a dead letter that was put back on the topic. */
  readonly replayedFrom?: ReplayedFrom | undefined;
}

/** What one fetch brought of one partition: everything from `start` to before `end`, control records left out. */
export interface SourceBatch {
  readonly partition: number;
  /** Where the fetch began; offsets below the first record held nothing to deliver. */
  readonly start: number;
  readonly end: number;
  readonly records: readonly SourceRecord[];
  /** The offset that the next record written to the partition will get. */
  readonly highWatermark: number;
}
