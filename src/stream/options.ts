// What a running consumer is told once, at its start. Where the values come from (flags, environment) is not its business.
import type { ScoreFormat } from '../contracts/fraud-score.ts';
import type { EngineAddress } from './engine/engine-address.ts';
import type { HistoryOptions } from './history/history-options.ts';
import type { RegistryOptions } from './registry/schema-registry.ts';
import type { KafkaConfig } from './kafka/connection.ts';
import type { Policy } from './policy.ts';

export type Delivery = 'exactly-once' | 'at-least-once';

/** Which result tensor stays in the engine: none, `result{tag}` for all, or one each that expires. */
export type ResultTensor = 'none' | 'shared' | 'per-transaction';

/**
 * Who looks the references of a transaction up: the consumer, for a whole batch in one round trip before its DAGs; or the
 * script within each DAG, by one call of Redis for each reference, or by Lua in one call for all.
 */
export type Lookup = 'client' | 'script' | 'lua';

export interface StreamOptions extends EngineAddress {
  /** Brokers, TLS, SASL, clientId, logCreator: as kafkajs takes them. Retries and time-outs are set here. */
  readonly kafka: KafkaConfig;
  /** Where records name their schemas by number. */
  readonly registry?: RegistryOptions | undefined;
  readonly transactionsTopic: string;
  readonly scoresTopic: string;
  readonly deadLetterTopic: string;
  /** Consumer group; also the beginning of the transactional ids. */
  readonly groupId: string;
  readonly delivery: Delivery;
  readonly format: ScoreFormat;
  /** Hash tag of every key in the engine; of several shards each has one made from it. */
  readonly tag: string;
  /** Copies of script, models and references, each on a slot of its own; a partition always uses the same one. */
  readonly shards: number;
  /** The two logical devices that score each transaction. */
  readonly devices: readonly string[];
  /** A score from this on is called fraud. */
  readonly threshold: number;
  /** Which of the two devices' answers counts. */
  readonly policy: Policy;
  /** How far back reference transactions may lie. */
  readonly windowSeconds: number;
  /** Reference transactions looked at for each transaction: 0 to 10. */
  readonly referencesMax: number;
  readonly lookup: Lookup;
  /** Records of one Kafka transaction, where the engine is quick enough for so many. */
  readonly batchRecordsMax: number;
  /** DAGs in flight to the engine, over all partitions of a shard: as many as it is quickest with, and no more than that. */
  readonly inFlightMax: number;
  readonly result: ResultTensor;
  /** Set where scored transactions become reference data of later ones. */
  readonly history?: HistoryOptions | undefined;
  readonly limits?: Partial<StreamLimits>;
}

/** Bounds that few will want to move. */
export interface StreamLimits {
  /** An engine that has not answered a command by then is taken to be away. */
  readonly engineTimeoutMs: number;
  /** A member that sent no heartbeat for so long loses its partitions. */
  readonly sessionTimeoutMs: number;
  /** The broker aborts a Kafka transaction that is older, so that readers are held up no longer. */
  readonly transactionTimeoutMs: number;
  /** With records waiting and nothing published for so long, the consumer gives up. */
  readonly stallMsMax: number;
  /** More dead letters than this share of the last `deadLetterWindowRecords` outcomes end the consumer; 0 is no bound. */
  readonly deadLetterShareMax: number;
  readonly deadLetterWindowRecords: number;
  /** `stop()` is over by then, whatever Kafka and the engine do. */
  readonly stopMsMax: number;
  readonly fetchBytesPerPartition: number;
  readonly partitionsConcurrent: number;
  /** Bytes of one send; halved for as long as a topic's max.message.bytes refuses it. */
  readonly sendBytesMax: number;
  /** A longer record is cut in its dead letter, which names where the whole of it lies. */
  readonly deadLetterBytesMax: number;
  /** How long a per-transaction result tensor lives. */
  readonly resultTtlSeconds: number;
}

export const STREAM_LIMITS: StreamLimits = {
  engineTimeoutMs: 5_000,
  sessionTimeoutMs: 30_000,
  transactionTimeoutMs: 10_000,
  stallMsMax: 300_000,
  deadLetterShareMax: 0.5,
  deadLetterWindowRecords: 1_000,
  stopMsMax: 10_000,
  fetchBytesPerPartition: 512 * 1024,
  partitionsConcurrent: 8,
  sendBytesMax: 768 * 1024,
  deadLetterBytesMax: 512 * 1024,
  resultTtlSeconds: 600,
};

/** @throws RangeError where `options` cannot be meant: a defect of the caller, whose settings were checked before. */
export function limitsOf(options: StreamOptions): StreamLimits {
  if (options.devices.length !== 2) throw new RangeError(`devices: two, not ${options.devices.length}`);
  const limits = { ...STREAM_LIMITS, ...options.limits };
  if (limits.deadLetterBytesMax > limits.sendBytesMax) throw new RangeError('a dead letter must fit into one send');
  return limits;
}
