// Settings that say where Kafka and the engine are, and who one is there.
import { messageOf } from '../core/errors.ts';
import { redisAddress } from '../core/redis-address.ts';
import { list, oneOf, setting, toggle, word, type CommandName } from './setting.ts';

const KAFKA_USERS: readonly CommandName[] = [
  'demo',
  'replay',
  'consume',
  'scores',
  'evaluate',
  'bench',
  'dlt',
  'doctor',
];
const ENGINE_USERS: readonly CommandName[] = ['demo', 'provision', 'consume', 'bench', 'simulate', 'doctor'];

const engineUrl = word.superRefine((url, context) => {
  try {
    redisAddress(url);
  } catch (error) {
    context.addIssue(messageOf(error));
  }
});

/** A secret goes there: only this machine may be asked without TLS. */
const tokenUrl = word
  .refine((url) => !url.includes('@'), 'holds a user: KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET name it')
  .refine(
    (url) => /^https:\/\/./.test(url) || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url),
    'is not an https:// address',
  );

const address = list.refine(
  (hosts) => hosts.every((host) => /^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(host)),
  'is not a list of host:port',
);

export const CONNECTION_SETTINGS = {
  kafkaBrokers: setting({
    flag: '--kafka-brokers <list>',
    env: 'KAFKA_BROKERS',
    description: 'host:port of the Kafka brokers, parted by commas',
    default: '127.0.0.1:9092',
    schema: address,
    commands: KAFKA_USERS,
  }),
  kafkaTls: setting({
    flag: '--kafka-tls',
    env: 'KAFKA_TLS',
    description: 'speak TLS to Kafka; certificates are verified',
    schema: toggle,
    commands: KAFKA_USERS,
  }),
  kafkaCaFile: setting({
    flag: '--kafka-ca-file <path>',
    env: 'KAFKA_CA_FILE',
    description: "authorities, in PEM, that the brokers' certificates must come from (those of the system unless told)",
    schema: word.optional(),
    commands: KAFKA_USERS,
  }),
  kafkaCertFile: setting({
    flag: '--kafka-cert-file <path>',
    env: 'KAFKA_CERT_FILE',
    description: 'certificate, in PEM, by which the brokers know this client',
    schema: word.optional(),
    commands: KAFKA_USERS,
  }),
  kafkaKeyFile: setting({
    flag: '--kafka-key-file <path>',
    env: 'KAFKA_KEY_FILE',
    description: 'the key, in PEM, of that certificate',
    schema: word.optional(),
    namesSecret: true,
    commands: KAFKA_USERS,
  }),
  kafkaSasl: setting({
    flag: '--kafka-sasl <mechanism>',
    env: 'KAFKA_SASL',
    description: 'none, plain, scram-sha-256, scram-sha-512 or oauthbearer',
    default: 'none',
    schema: oneOf('none', 'plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'),
    commands: KAFKA_USERS,
  }),
  kafkaUsername: setting({
    flag: '--kafka-username <name>',
    env: 'KAFKA_USERNAME',
    description: 'user for SASL',
    schema: word.optional(),
    commands: KAFKA_USERS,
  }),
  kafkaPassword: setting({
    env: 'KAFKA_PASSWORD',
    description: 'password for SASL',
    schema: word.optional(),
    secret: true,
    commands: KAFKA_USERS,
  }),
  kafkaOauthTokenFile: setting({
    flag: '--kafka-oauth-token-file <path>',
    env: 'KAFKA_OAUTH_TOKEN_FILE',
    description: 'oauthbearer: file with the token; read for each connection, so that whoever mounts it may renew it',
    schema: word.optional(),
    namesSecret: true,
    commands: KAFKA_USERS,
  }),
  kafkaOauthTokenUrl: setting({
    flag: '--kafka-oauth-token-url <url>',
    env: 'KAFKA_OAUTH_TOKEN_URL',
    description: 'oauthbearer: token endpoint that is asked by client credentials (https; http on loopback)',
    schema: tokenUrl.optional(),
    commands: KAFKA_USERS,
  }),
  kafkaOauthClientId: setting({
    flag: '--kafka-oauth-client-id <id>',
    env: 'KAFKA_OAUTH_CLIENT_ID',
    description: 'who asks the token endpoint',
    schema: word.optional(),
    commands: KAFKA_USERS,
  }),
  kafkaOauthClientSecret: setting({
    env: 'KAFKA_OAUTH_CLIENT_SECRET',
    description: 'secret of that client',
    schema: word.optional(),
    secret: true,
    commands: KAFKA_USERS,
  }),
  kafkaOauthScope: setting({
    flag: '--kafka-oauth-scope <scope>',
    env: 'KAFKA_OAUTH_SCOPE',
    description: 'scope that the token is asked for (none unless told)',
    schema: word.optional(),
    commands: KAFKA_USERS,
  }),
  redisaiUrl: setting({
    env: 'REDISAI_URL',
    description:
      'the engine: redis://host:port, rediss:// (TLS) or unix:path; nodes of a cluster: redis+cluster://host:port,host:port; by Sentinels: redis+sentinel://host:port,host:port/master; with user:password@ if it needs them',
    default: 'redis://127.0.0.1:6379',
    schema: engineUrl,
    secret: true,
    commands: ENGINE_USERS,
  }),
  redisaiCaFile: setting({
    flag: '--redisai-ca-file <path>',
    env: 'REDISAI_CA_FILE',
    description: "authorities, in PEM, that the engine's certificate must come from (those of the system unless told)",
    schema: word.optional(),
    commands: ENGINE_USERS,
  }),
  redisaiCertFile: setting({
    flag: '--redisai-cert-file <path>',
    env: 'REDISAI_CERT_FILE',
    description: 'certificate, in PEM, by which the engine knows this client',
    schema: word.optional(),
    commands: ENGINE_USERS,
  }),
  redisaiKeyFile: setting({
    flag: '--redisai-key-file <path>',
    env: 'REDISAI_KEY_FILE',
    description: 'the key, in PEM, of that certificate',
    schema: word.optional(),
    namesSecret: true,
    commands: ENGINE_USERS,
  }),
  cacheFolder: setting({
    flag: '--cache-folder <path>',
    env: 'FRAUDSTREAM_CACHE',
    description: 'where the jars of a local Kafka are kept (default: fraudstream in the XDG cache folder)',
    schema: word.optional(),
    commands: ['demo', 'bench'],
  }),
  javaHome: setting({
    env: 'JAVA_HOME',
    description: 'the Java that runs a local Kafka',
    schema: word.optional(),
    commands: ['demo', 'bench'],
  }),
  dockerUse: setting({
    flag: '--containers <when>',
    env: 'FRAUDSTREAM_CONTAINERS',
    description: 'auto: containers where a Docker engine answers; never: local processes only',
    default: 'auto',
    schema: oneOf('auto', 'never'),
    commands: ['demo', 'bench'],
  }),
};
