// A real Kafka that takes nobody in without TLS, SCRAM and rights: for one test file, made of certificates made just now.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { BrokerPorts } from '../../src/local/kafka/properties.ts';
import { makeCertificates, type Certificates } from './certificates.ts';
import { eventually } from './eventually.ts';
import { startOwnBroker } from './own-broker.ts';

const MECHANISM = 'SCRAM-SHA-512';
const PASSWORD = 'test-password';

export interface SecureBroker {
  /** What makes a command of the CLI come as this user. */
  environmentOf(user: string): Record<string, string>;
  /** Of a user who may do everything. */
  readonly admin: Admin;
  stop(): Promise<void>;
}

/** `users` are known, and have no rights. */
export async function startSecureBroker(users: readonly string[]): Promise<SecureBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-secure-'));
  const certificates = makeCertificates(folder);
  const scram = ['admin', ...users].flatMap((user) => [
    '--add-scram',
    `${MECHANISM}=[name=${user},password=${PASSWORD}]`,
  ]);
  const broker = await startOwnBroker(folder, (ports) => secureProperties(ports, certificates), scram);
  const environmentOf = (user: string): Record<string, string> => ({
    KAFKA_BROKERS: broker.client,
    ...{ KAFKA_TLS: 'true', KAFKA_CA_FILE: certificates.ca },
    ...{ KAFKA_SASL: 'scram-sha-512', KAFKA_USERNAME: user, KAFKA_PASSWORD: PASSWORD },
  });
  const admin = new Kafka({
    brokers: [broker.client],
    ssl: { ca: readFileSync(certificates.ca, 'utf8') },
    sasl: { mechanism: 'scram-sha-512', username: 'admin', password: PASSWORD },
    logLevel: logLevel.NOTHING,
    retry: { retries: 1 },
  }).admin();
  await untilConnected(admin);
  return { environmentOf, admin, stop: () => admin.disconnect().then(() => broker.stop()) };
}

export const untilConnected = (admin: Admin): Promise<void> =>
  eventually(
    () =>
      admin.connect().then(
        () => true,
        () => false,
      ),
    90_000,
  );

function secureProperties(ports: BrokerPorts, { ca, serverStore }: Certificates): Record<string, string> {
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  return {
    listeners: `SASL_SSL://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller}`,
    'listener.security.protocol.map': 'SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'security.inter.broker.protocol': 'SASL_SSL',
    'sasl.enabled.mechanisms': MECHANISM,
    'sasl.mechanism.inter.broker.protocol': MECHANISM,
    [`listener.name.sasl_ssl.${MECHANISM.toLowerCase()}.sasl.jaas.config`]: `${module} required username="admin" password="${PASSWORD}";`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': serverStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': ca,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:admin;User:ANONYMOUS',
  };
}
