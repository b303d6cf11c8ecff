// How every command speaks to Kafka: addresses, TLS, SASL, and kafkajs' log through ours.
import { logLevel, type KafkaConfig, type Mechanism, type SASLOptions } from 'kafkajs';
import type { Settings } from '../config/settings.ts';
import { kafkaLogCreator } from '../telemetry/kafka-log.ts';
import type { Log } from '../telemetry/logger.ts';
import { oauthBearer } from './oauth/oauth-bearer.ts';
import { readTls } from './read-tls.ts';

/** A broker that does not answer is given up after about 3 s; steps that may wait longer say so themselves. */
const RETRY = { initialRetryTime: 100, retries: 5, maxRetryTime: 2000 };

/** `brokers` are the settings' own unless the broker was started here. @throws FraudstreamError FILE_NOT_READ */
export function kafkaConfig(
  settings: Settings,
  log: Log,
  brokers: readonly string[] = settings.kafkaBrokers,
): KafkaConfig {
  const { kafkaCaFile: ca, kafkaCertFile: cert, kafkaKeyFile: key } = settings;
  return {
    clientId: 'fraudstream',
    brokers: [...brokers],
    // Verification of the brokers' certificates is node's default, and stays.
    ssl: settings.kafkaTls && readTls('KAFKA', { ca, cert, key }),
    ...(settings.kafkaSasl === 'none' ? {} : { sasl: sasl(settings) }),
    connectionTimeout: 3000,
    retry: RETRY,
    logLevel: logLevel.INFO,
    logCreator: kafkaLogCreator(log),
  };
}

function sasl(settings: Settings): SASLOptions | Mechanism {
  const { kafkaSasl: mechanism, kafkaUsername: username, kafkaPassword: password } = settings;
  if (mechanism === 'oauthbearer') return oauthBearer(settings);
  return { mechanism, username, password } as SASLOptions;
}
