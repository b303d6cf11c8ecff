// A real Kafka that takes nobody in without TLS, SCRAM and rights: for one test file, made of certificates made just now.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { defaultCacheFolder } from '../../src/config/load-settings.ts';
import { freePorts } from '../../src/local/free-port.ts';
import { jvmArguments } from '../../src/local/kafka/broker.ts';
import { kafkaCache, prepareCache, type KafkaCache } from '../../src/local/kafka/cache.ts';
import { findJava } from '../../src/local/kafka/java.ts';
import { serverProperties } from '../../src/local/kafka/properties.ts';
import { startSupervised } from '../../src/local/supervised-process.ts';
import { eventually } from './eventually.ts';

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
  const cache = kafkaCache(defaultCacheFolder(), await findJava(process.env['JAVA_HOME']));
  await prepareCache(defaultCacheFolder(), cache, () => {});
  const [client, controller] = (await freePorts(2)) as [number, number];
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-secure-'));
  makeCertificates(folder);
  const properties = join(folder, 'server.properties');
  writeFileSync(properties, secureProperties({ client, controller }, folder));
  format(cache, properties, ['admin', ...users]);
  const broker = await startSupervised({
    command: cache.java.command,
    args: [...jvmArguments(cache), properties],
    ...{ logFile: join(folder, 'broker.log'), folder, stopMsMax: 15_000 },
  });
  const environmentOf = (user: string): Record<string, string> => ({
    KAFKA_BROKERS: `127.0.0.1:${client}`,
    ...{ KAFKA_TLS: 'true', KAFKA_CA_FILE: join(folder, 'ca.pem') },
    ...{ KAFKA_SASL: 'scram-sha-512', KAFKA_USERNAME: user, KAFKA_PASSWORD: PASSWORD },
  });
  const admin = new Kafka({
    brokers: [`127.0.0.1:${client}`],
    ssl: { ca: execFileSync('cat', [join(folder, 'ca.pem')], { encoding: 'utf8' }) },
    sasl: { mechanism: 'scram-sha-512', username: 'admin', password: PASSWORD },
    logLevel: logLevel.NOTHING,
    retry: { retries: 1 },
  }).admin();
  await eventually(
    () =>
      admin.connect().then(
        () => true,
        () => false,
      ),
    90_000,
  );
  const stop = async (): Promise<void> => {
    await admin.disconnect();
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { environmentOf, admin, stop };
}

/** An authority, and a certificate of it for 127.0.0.1 with its key, in PEM. */
function makeCertificates(folder: string): void {
  const openssl = (...words: string[]): void => {
    execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  };
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=test authority');
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.crt');
  execFileSync('sh', ['-c', 'cat server.key server.crt ca.pem > server.pem'], { cwd: folder });
}

function secureProperties(ports: { client: number; controller: number }, folder: string): string {
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  const secure = {
    listeners: `SASL_SSL://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller}`,
    'listener.security.protocol.map': 'SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'security.inter.broker.protocol': 'SASL_SSL',
    'sasl.enabled.mechanisms': MECHANISM,
    'sasl.mechanism.inter.broker.protocol': MECHANISM,
    [`listener.name.sasl_ssl.${MECHANISM.toLowerCase()}.sasl.jaas.config`]: `${module} required username="admin" password="${PASSWORD}";`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': join(folder, 'server.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': join(folder, 'ca.pem'),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:admin;User:ANONYMOUS',
  };
  const lines = Object.entries(secure).map(([name, value]) => `${name}=${value}\n`);
  // The last line of a name counts.
  return serverProperties(ports, join(folder, 'data')) + lines.join('');
}

function format(cache: KafkaCache, properties: string, users: readonly string[]): void {
  const scram = users.flatMap((user) => ['--add-scram', `${MECHANISM}=[name=${user},password=${PASSWORD}]`]);
  const words = ['kafka.tools.StorageTool', 'format', '-t', 'ZnJhdWRzdHJlYW1sb2NhbA', '-c', properties, ...scram];
  const options = ['-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${cache.consoleLog4j}`];
  execFileSync(cache.java.command, [...options, '-cp', cache.classPath, ...words], { stdio: 'pipe' });
}
