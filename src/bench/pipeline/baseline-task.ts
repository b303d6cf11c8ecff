// What a baseline's process is told.
import type { KafkaConfig } from 'kafkajs';
import type { EngineAddress } from '../../stream/engine/engine-address.ts';
import type { StreamNames } from '../stream-names.ts';

export interface BaselineTask extends EngineAddress {
  readonly baseline: 'ceiling' | 'one-at-a-time';
  readonly kafka: KafkaConfig;
  readonly tag: string;
  readonly names: StreamNames;
  readonly batchRecordsMax: number;
}

/** As many bytes as a score of the consumer has in JSON. */
export const SCORE_BYTES = 620;
/** A few fetches' worth, as the consumer reads. */
export const FETCH = { maxWaitTimeInMs: 100, maxBytesPerPartition: 512 * 1024 } as const;
export const PARTITIONS_CONCURRENT = 8;
