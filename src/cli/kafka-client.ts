// How every command speaks to Kafka: addresses, TLS, SASL, and kafkajs' log through ours.
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import type { Settings } from '../config/settings.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
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
    ssl: settings.kafkaTls && tls(settings),
    ...(settings.kafkaSasl === 'none' ? {} : { sasl: sasl(settings) }),
    connectionTimeout: 3000,
    retry: RETRY,
    logLevel: logLevel.INFO,
    logCreator: kafkaLogCreator(log),
  };
}

/** Verification of the brokers' certificates is node's default, and stays. @throws FraudstreamError FILE_NOT_READ */
function tls({ kafkaCaFile, kafkaCertFile, kafkaKeyFile }: Settings): ConnectionOptions {
  return {
    ...(kafkaCaFile === undefined ? {} : { ca: readPem(kafkaCaFile) }),
    ...(kafkaCertFile === undefined ? {} : { cert: readPem(kafkaCertFile) }),
    ...(kafkaKeyFile === undefined ? {} : { key: readPem(kafkaKeyFile) }),
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FraudstreamError('FILE_NOT_READ', `cannot read ${path}: ${messageOf(cause)}`, {
      next: 'name a readable PEM file in KAFKA_CA_FILE, KAFKA_CERT_FILE, KAFKA_KEY_FILE',
      exitCode: EXIT.config,
      cause,
    });
  }
}

function sasl(settings: Settings): SASLOptions {
  return {
    mechanism: settings.kafkaSasl,
    username: settings.kafkaUsername,
    password: settings.kafkaPassword,
  } as SASLOptions;
}
