// Promise: with a token from a file or from a token endpoint everything works, for longer than a token lives; what is refused
// is said, and neither secret nor token.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrokerPorts } from '../../src/local/kafka/properties.ts';
import { run, Run } from '../helpers/command-line.ts';
import { eventually } from '../helpers/eventually.ts';
import { startOwnBroker, type OwnBroker } from '../helpers/own-broker.ts';
import { untilConnected } from '../helpers/secure-broker.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';
import { CLIENT, startTokenEndpoint, unsecuredToken, type TokenEndpoint } from '../helpers/token-endpoint.ts';

/** kafkajs tells the next one ten seconds before. */
const TOKEN_SECONDS = 14;

/** The broker ends what is older than its token; and believes tokens that nobody signed. */
const properties = ({ client, controller }: BrokerPorts): Record<string, string> => ({
  listeners: `SASL_PLAINTEXT://127.0.0.1:${client},CONTROLLER://127.0.0.1:${controller}`,
  'listener.security.protocol.map': 'SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
  'security.inter.broker.protocol': 'SASL_PLAINTEXT',
  'sasl.mechanism.inter.broker.protocol': 'OAUTHBEARER',
  'sasl.enabled.mechanisms': 'OAUTHBEARER',
  'listener.name.sasl_plaintext.oauthbearer.sasl.jaas.config':
    'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
  'connections.max.reauth.ms': String(TOKEN_SECONDS * 1000),
});

describeWithKafka('Kafka with OAUTHBEARER', () => {
  let broker: OwnBroker;
  let endpoint: TokenEndpoint;
  let stage: Stage;
  let tokenFile: string;
  const environment = (login: Readonly<Record<string, string>>): Record<string, string> => ({
    ...stage.environment,
    ...{ KAFKA_BROKERS: broker.client, KAFKA_SASL: 'oauthbearer', METRICS_PORT: 'off', LOG_LEVEL: 'debug', ...login },
  });
  const byEndpoint = (secret = CLIENT.secret) =>
    environment({
      ...{ KAFKA_OAUTH_TOKEN_URL: endpoint.url, KAFKA_OAUTH_CLIENT_ID: CLIENT.id, KAFKA_OAUTH_CLIENT_SECRET: secret },
    });
  const byFile = (token: string) => {
    writeFileSync(tokenFile, token);
    return environment({ KAFKA_OAUTH_TOKEN_FILE: tokenFile });
  };

  beforeAll(async () => {
    stage = new Stage('oauth');
    const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-oauth-'));
    tokenFile = join(folder, 'token');
    [broker, endpoint] = await Promise.all([startOwnBroker(folder, properties), startTokenEndpoint(TOKEN_SECONDS)]);
    const oauthBearerProvider = () => Promise.resolve({ value: unsecuredToken('test', 60) });
    const sasl = { mechanism: 'oauthbearer', oauthBearerProvider } as const;
    const kafka = new Kafka({ brokers: [broker.client], sasl, logLevel: logLevel.NOTHING, retry: { retries: 1 } });
    const admin = kafka.admin();
    await untilConnected(admin);
    await admin.disconnect();
    await run(['provision', '--references', '20'], stage.environment);
  });
  afterAll(async () => {
    await endpoint.stop();
    await broker.stop();
  });

  it('scores for longer than a token lives, without a word of secret or token', async () => {
    const consumer = new Run(['consume'], byEndpoint());
    await consumer.untilSays(/partitions assigned/);
    const before = endpoint.asked.length;
    await eventually(() => endpoint.asked.length > before + 1, 60_000);
    const replay = await run(['replay', '--rows', '30'], byFile(unsecuredToken('sender', 60)));
    expect(replay.status, replay.stderr).toBe(0);
    await consumer.untilSays(/batch published/);
    const { status, stdout, stderr } = await consumer.interrupt();
    expect(status, stderr).toBe(0);
    expect(stdout + stderr + replay.stderr).not.toMatch(/test-secret|eyJ/);
  });

  it.each([
    ['a wrong secret', () => byEndpoint('wrong-secret'), /: it answered 401 invalid_client\nnext: .*CLIENT_SECRET/],
    [
      'a token that is over',
      () => byFile(unsecuredToken('scorer', -60)),
      /^error: Kafka does not take the token: invalid_token/m,
    ],
    ['no token', () => byFile(''), /no token for Kafka in .*: it is empty\nnext: .*KAFKA_OAUTH_TOKEN_FILE/],
  ])('lets nobody in with %s', async (_what, login, words) => {
    for (const command of ['consume', 'scores']) {
      const { status, stderr } = await run([command], login());
      expect(stderr).toMatch(words);
      expect(stderr).not.toMatch(/-secret|eyJ/);
      expect(status).toBe(78);
    }
  });
});
