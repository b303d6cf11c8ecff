// The connections to Kafka: one client for reading, one for writing.
import { Kafka, type KafkaConfig } from 'kafkajs';
import { requirePatched } from './require-patched.ts';

export type { KafkaConfig } from 'kafkajs';

/** A broker that is away is asked again within milliseconds at first: Kafka transactions in a row meet their own markers. */
const RETRY = { initialRetryTime: 2, multiplier: 2, maxRetryTime: 1_000, retries: 22 } as const;
const CONNECT_RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 } as const;

export interface KafkaClients {
  readonly reading: Kafka;
  /** Apart from `reading`, because kafkajs' clients share what they believe to be committed. */
  readonly writing: Kafka;
  /** Gives up within seconds: for what is asked before the stream starts. */
  readonly asking: Kafka;
}

/** @throws FraudstreamError where kafkajs is not patched */
export function kafkaClients(config: KafkaConfig): KafkaClients {
  requirePatched();
  const client = (retry: KafkaConfig['retry']): Kafka =>
    new Kafka({ clientId: 'fraudstream', requestTimeout: 15_000, ...config, retry: retry! });
  return { reading: client(RETRY), writing: client(RETRY), asking: client(CONNECT_RETRY) };
}
