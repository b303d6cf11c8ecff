// How every command speaks to Kafka: addresses, TLS, SASL, and kafkajs' log through ours.
import { logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import type { Settings } from '../config/settings.ts';
import { kafkaLogCreator } from '../telemetry/kafka-log.ts';
import type { Log } from '../telemetry/logger.ts';

/** A broker that does not answer is given up after about 3 s; steps that may wait longer say so themselves. */
const RETRY = { initialRetryTime: 100, retries: 5, maxRetryTime: 2000 };

/** `brokers` are the settings' own unless the broker was started here. */
export function kafkaConfig(
  settings: Settings,
  log: Log,
  brokers: readonly string[] = settings.kafkaBrokers,
): KafkaConfig {
  return {
    clientId: 'fraudstream',
    brokers: [...brokers],
    ssl: settings.kafkaTls,
    ...(settings.kafkaSasl === 'none' ? {} : { sasl: sasl(settings) }),
    connectionTimeout: 3000,
    retry: RETRY,
    logLevel: logLevel.INFO,
    logCreator: kafkaLogCreator(log),
  };
}

function sasl(settings: Settings): SASLOptions {
  return {
    mechanism: settings.kafkaSasl,
    username: settings.kafkaUsername,
    password: settings.kafkaPassword,
  } as SASLOptions;
}
