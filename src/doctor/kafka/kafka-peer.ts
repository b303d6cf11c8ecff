// Kafka as the checks see it: what can be asked of it, and what the stream expects there.
import type { Admin } from 'kafkajs';
import type { SourceRecord } from '../../stream/source-record.ts';
import type { WriterSchemas } from '../../contracts/registry-format.ts';

export interface StreamPlan {
  readonly transactionsTopic: string;
  readonly scoresTopic: string;
  readonly deadLetterTopic: string;
  readonly groupId: string;
  readonly delivery: 'exactly-once' | 'at-least-once';
  /** As in `decodeTransaction`. */
  readonly entityField?: string | undefined;
  /** Partitions of topics that are still to be made. */
  readonly partitions: number;
}

export interface KafkaPeer {
  readonly admin: Pick<
    Admin,
    'describeCluster' | 'fetchTopicMetadata' | 'fetchTopicOffsets' | 'fetchOffsets' | 'describeGroups'
  >;
  readonly plan: StreamPlan;
  /** Begins a Kafka transaction under this id and aborts it, with nothing in it. */
  readonly tryTransaction: (transactionalId: string) => Promise<void>;
  /** The newest records of the transactions topic, few of each partition. */
  readonly sample: () => Promise<readonly SourceRecord[]>;
  /** The schemas that records name by number; undefined where no registry is set. */
  readonly schemasOf: (records: readonly SourceRecord[]) => Promise<WriterSchemas | undefined>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
