// Settings that are right each for itself and wrong together.
import type { SettingName, Settings } from './settings.ts';

interface Contradiction {
  readonly holds: (settings: Settings, given: ReadonlyMap<SettingName, string>) => boolean;
  readonly message: string;
  readonly next: string;
}

const bothGiven =
  (a: SettingName, b: SettingName): Contradiction['holds'] =>
  (_settings, given) =>
    given.has(a) && given.has(b);

export const CONTRADICTIONS: readonly Contradiction[] = [
  {
    holds: bothGiven('rate', 'speed'),
    message: '--rate and --speed both set the pace',
    next: 'give one of them',
  },
  {
    holds: bothGiven('rate', 'ramp'),
    message: '--rate and --ramp both set the pace',
    next: 'give one of them',
  },
  {
    holds: bothGiven('speed', 'ramp'),
    message: '--speed and --ramp both set the pace',
    next: 'give one of them',
  },
  {
    holds: bothGiven('speed', 'shuffle'),
    message: '--speed follows the Time column, which --shuffle takes out of order',
    next: 'pace a shuffled replay by --rate or --ramp',
  },
  {
    holds: bothGiven('socket', 'port'),
    message: 'the engine listens on --socket or on --port, not on both',
    next: 'give one of them',
  },
  {
    holds: (settings) => (settings.cluster === undefined) !== (settings.me === undefined),
    message: '--cluster and --me belong together',
    next: 'give the file of nodes and the place of this one in it, from 0',
  },
  {
    holds: (settings, given) => settings.cluster !== undefined && (given.has('host') || given.has('port')),
    message: 'a node of a cluster listens where the file of nodes says, not at --host or --port',
    next: 'leave them out, or change the file',
  },
  {
    holds: bothGiven('cluster', 'socket'),
    message: 'a node of a cluster listens at the address in the file of nodes, not on --socket',
    next: 'give one of them',
  },
  {
    holds: bothGiven('benchEngines', 'redisaiUrl'),
    message: '--engines starts engines here, and REDISAI_URL names one that is there',
    next: 'give one of them',
  },
  {
    holds: (settings) =>
      !['none', 'oauthbearer'].includes(settings.kafkaSasl) &&
      (settings.kafkaUsername ?? settings.kafkaPassword) === undefined,
    message: 'KAFKA_SASL is set, and no user',
    next: 'set KAFKA_USERNAME and KAFKA_PASSWORD (or KAFKA_PASSWORD_FILE)',
  },
  {
    holds: (settings) => (settings.kafkaUsername === undefined) !== (settings.kafkaPassword === undefined),
    message: 'of KAFKA_USERNAME and KAFKA_PASSWORD only one is set',
    next: 'set both, or neither',
  },
  {
    holds: (settings) => settings.kafkaSasl === 'none' && settings.kafkaPassword !== undefined,
    message: 'KAFKA_PASSWORD is set, and no mechanism to use it with',
    next: 'set KAFKA_SASL, e.g. scram-sha-512',
  },
  {
    holds: (settings) => settings.kafkaSasl === 'oauthbearer' && settings.kafkaUsername !== undefined,
    message: 'KAFKA_USERNAME is set, and with oauthbearer the token says who one is',
    next: 'unset KAFKA_USERNAME and KAFKA_PASSWORD',
  },
  {
    holds: (settings) =>
      settings.kafkaSasl === 'oauthbearer' &&
      (settings.kafkaOauthTokenFile ?? settings.kafkaOauthTokenUrl) === undefined,
    message: 'KAFKA_SASL is oauthbearer, and nothing says where the token comes from',
    next: 'set KAFKA_OAUTH_TOKEN_FILE, or KAFKA_OAUTH_TOKEN_URL with KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET',
  },
  {
    holds: (settings) =>
      settings.kafkaSasl !== 'oauthbearer' &&
      (settings.kafkaOauthTokenFile ?? settings.kafkaOauthTokenUrl) !== undefined,
    message: 'a token for Kafka is set, and no mechanism to use it with',
    next: 'set KAFKA_SASL=oauthbearer',
  },
  {
    holds: bothGiven('kafkaOauthTokenFile', 'kafkaOauthTokenUrl'),
    message: 'KAFKA_OAUTH_TOKEN_FILE and KAFKA_OAUTH_TOKEN_URL both give the token',
    next: 'set one of them',
  },
  {
    holds: ({ kafkaOauthTokenUrl: url, kafkaOauthClientId: id, kafkaOauthClientSecret: secret }) =>
      new Set([url, id, secret].map((value) => value === undefined)).size > 1,
    message: 'of KAFKA_OAUTH_TOKEN_URL, KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET only some are set',
    next: 'set all three, or none',
  },
  {
    holds: ({ kafkaTls, kafkaCaFile, kafkaCertFile }) => !kafkaTls && (kafkaCaFile ?? kafkaCertFile) !== undefined,
    message: 'a certificate for Kafka is set, and no TLS to use it with',
    next: 'set KAFKA_TLS=true',
  },
  {
    holds: ({ kafkaCertFile, kafkaKeyFile }) => (kafkaCertFile === undefined) !== (kafkaKeyFile === undefined),
    message: 'of KAFKA_CERT_FILE and KAFKA_KEY_FILE only one is set',
    next: 'set both, or neither',
  },
  {
    holds: ({ redisaiUrl, redisaiCaFile, redisaiCertFile }) =>
      !/^rediss[:+]/.test(redisaiUrl) && (redisaiCaFile ?? redisaiCertFile) !== undefined,
    message: 'a certificate for the engine is set, and no TLS to use it with',
    next: 'begin REDISAI_URL with rediss:// (rediss+cluster://, rediss+sentinel://)',
  },
  {
    holds: ({ redisaiCertFile, redisaiKeyFile }) => (redisaiCertFile === undefined) !== (redisaiKeyFile === undefined),
    message: 'of REDISAI_CERT_FILE and REDISAI_KEY_FILE only one is set',
    next: 'set both, or neither',
  },
  {
    holds: (settings) =>
      (settings.schemaRegistryUsername === undefined) !== (settings.schemaRegistryPassword === undefined),
    message: 'of SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD only one is set',
    next: 'set both, or neither',
  },
  {
    holds: (settings) => new Set([settings.transactionsTopic, settings.scoresTopic, settings.deadLetterTopic]).size < 3,
    message: 'transactions, scores and dead letters need three different topics',
    next: 'change TRANSACTIONS_TOPIC, SCORES_TOPIC or DEAD_LETTER_TOPIC',
  },
  {
    holds: ({ liveHistory, entityField }) => !liveHistory && entityField !== undefined,
    message: 'ENTITY_FIELD says whose history is kept, and none is',
    next: 'set LIVE_HISTORY=true too',
  },
  {
    holds: ({ liveHistory, referencesMax }) => liveHistory && referencesMax === 0,
    message: 'LIVE_HISTORY keeps references, and REFERENCES_MAX=0 looks at none',
    next: 'turn LIVE_HISTORY off, or look at some',
  },
  {
    holds: ({ liveHistory, lookup }) => liveHistory && lookup !== 'client',
    message: 'LIVE_HISTORY keeps a part of the references in the consumer, and LOOKUP has the script look them up',
    next: 'turn LIVE_HISTORY off, or leave LOOKUP at client',
  },
  {
    holds: ({ devices, modelB }) => devices[0] === devices[1] && modelB !== undefined,
    message: 'DEVICES names the same device twice, and MODEL_B is for the second',
    next: 'name two, e.g. CPU,CPU:1 (logical devices of the same processor)',
  },
];
