// Settings of the road of a transaction: topics, keys, delivery, limits.
import { count, decimal, list, oneOf, setting, toggle, word, type CommandName } from './setting.ts';

const SCORERS: readonly CommandName[] = ['demo', 'consume'];
/** Those that run a stream, and the one that looks whether a stream would run. */
const EXAMINED: readonly CommandName[] = [...SCORERS, 'doctor'];

/** Kafka's own rule. */
const topic = word.regex(/^[\w.-]{1,249}$/, 'is not a topic name (letters, digits, . _ -)');

/** What every transaction has, and no two share. */
const CONTRACT_FIELDS = /^(transactionId|time|v\d{1,2}|amount|label)$/;
const ENTITY_FIELD_RULE = "is not the name of a field beside the contract's (letters, digits, _)";

export const STREAM_SETTINGS = {
  transactionsTopic: setting({
    flag: '--transactions-topic <name>',
    env: 'TRANSACTIONS_TOPIC',
    description: 'where transactions come in',
    default: 'transactions',
    schema: topic,
    commands: [...EXAMINED, 'replay', 'dlt'],
  }),
  scoresTopic: setting({
    flag: '--scores-topic <name>',
    env: 'SCORES_TOPIC',
    description: 'where scores go out',
    default: 'fraud-scores',
    schema: topic,
    commands: [...EXAMINED, 'scores', 'evaluate'],
  }),
  deadLetterTopic: setting({
    flag: '--dead-letter-topic <name>',
    env: 'DEAD_LETTER_TOPIC',
    description: 'where transactions go that cannot be scored',
    default: 'transactions.dlt',
    schema: topic,
    commands: [...EXAMINED, 'dlt'],
  }),
  groupId: setting({
    flag: '--group-id <name>',
    env: 'GROUP_ID',
    description: 'consumer group; also the beginning of the transactional ids',
    default: 'fraudstream',
    schema: topic,
    commands: EXAMINED,
  }),
  partitions: setting({
    flag: '--partitions <n>',
    env: 'TOPIC_PARTITIONS',
    description: 'partitions of the topics, where they are created',
    default: '4',
    schema: count(1, 1000),
    commands: EXAMINED,
  }),
  delivery: setting({
    flag: '--delivery <promise>',
    env: 'DELIVERY',
    description: 'exactly-once or at-least-once',
    default: 'exactly-once',
    schema: oneOf('exactly-once', 'at-least-once'),
    commands: EXAMINED,
  }),
  format: setting({
    flag: '--format <name>',
    env: 'FORMAT',
    description: 'scores as json or avro',
    default: 'json',
    schema: oneOf('json', 'avro'),
    commands: SCORERS,
  }),
  tag: setting({
    flag: '--tag <name>',
    env: 'HASH_TAG',
    description: 'hash tag of every key in the engine; with several shards, the beginning of their tags',
    default: 'tag',
    schema: word.regex(/^[^\s{}]{1,64}$/, 'is not a hash tag (no blanks, no braces, at most 64 characters)'),
    commands: [...EXAMINED, 'provision', 'simulate'],
  }),
  shards: setting({
    flag: '--shards <n>',
    env: 'SHARDS',
    description:
      'copies of script, models and references in the engine, each under a hash tag of its own; partition p uses shard p mod n',
    default: '1',
    schema: count(1, 1000),
    commands: [...EXAMINED, 'provision', 'simulate'],
  }),
  devices: setting({
    flag: '--devices <list>',
    env: 'DEVICES',
    description: 'the two logical devices that score each transaction; the same twice: both models on one',
    default: 'CPU,CPU:1',
    schema: list
      .refine((devices) => devices.length === 2, 'must name two devices')
      .refine(
        (devices) => devices.every((device) => /^(CPU|GPU)(:\d{1,3})?$/.test(device)),
        'is not a list of devices like CPU,CPU:1 or GPU:0,GPU:1',
      ),
    commands: [...EXAMINED, 'provision', 'simulate'],
  }),
  threshold: setting({
    flag: '--threshold <score>',
    env: 'THRESHOLD',
    description: 'from which score on a transaction is called fraud',
    default: '0.15',
    schema: decimal(0, 1),
    commands: SCORERS,
  }),
  policy: setting({
    flag: '--policy <name>',
    env: 'POLICY',
    description: 'what is published: average of both devices, champion (the first; the second is carried along) or max',
    default: 'average',
    schema: oneOf('average', 'champion', 'max'),
    commands: SCORERS,
  }),
  windowSeconds: setting({
    flag: '--window-seconds <n>',
    env: 'WINDOW_SECONDS',
    description: 'how far back reference transactions may lie',
    default: '172800',
    schema: count(1, 1_000_000_000),
    commands: SCORERS,
  }),
  referencesMax: setting({
    flag: '--references-max <n>',
    env: 'REFERENCES_MAX',
    description: 'reference transactions looked at for each transaction',
    default: '10',
    schema: count(0, 10),
    commands: [...SCORERS, 'simulate'],
  }),
  liveHistory: setting({
    flag: '--live-history',
    env: 'LIVE_HISTORY',
    description: 'scored transactions become reference data of those behind them in their partition',
    schema: toggle,
    commands: EXAMINED,
  }),
  historyRecordsMax: setting({
    flag: '--history-records-max <n>',
    env: 'HISTORY_RECORDS_MAX',
    description: 'with --live-history: the past that a partition keeps, in offsets',
    default: '20000',
    schema: count(1, 100_000_000),
    commands: SCORERS,
  }),
  entityField: setting({
    flag: '--entity-field <name>',
    env: 'ENTITY_FIELD',
    description:
      'with --live-history: history of each value of this field (a card, an account) of JSON and registry transactions by itself',
    schema: word
      .refine((name) => /^[A-Za-z_]\w{0,63}$/.test(name) && !CONTRACT_FIELDS.test(name), ENTITY_FIELD_RULE)
      .optional(),
    commands: EXAMINED,
  }),
  historyHoursMax: setting({
    flag: '--history-hours-max <n>',
    env: 'HISTORY_HOURS_MAX',
    description: 'with --live-history: and no more than what came in so many hours (as many as it takes unless told)',
    schema: decimal(0.001, 1_000_000).optional(),
    commands: SCORERS,
  }),
  lookup: setting({
    flag: '--lookup <who>',
    env: 'LOOKUP',
    description:
      'who looks references up: client (a batch in one round trip), script (within the DAG) or lua (the same in one call of Redis); docs/performance.md says when',
    default: 'client',
    schema: oneOf('client', 'script', 'lua'),
    commands: EXAMINED,
  }),
  batchRecordsMax: setting({
    flag: '--batch-records-max <n>',
    env: 'BATCH_RECORDS_MAX',
    description: 'records of one Kafka transaction; fewer where the engine takes longer than a second for them',
    default: '2000',
    schema: count(1, 100_000),
    commands: SCORERS,
  }),
  inFlightMax: setting({
    flag: '--in-flight-max <n>',
    env: 'IN_FLIGHT_MAX',
    description: 'most DAGs in flight to the engine, for each shard; fewer where it is quicker with fewer',
    default: '1024',
    schema: count(1, 10_000),
    commands: SCORERS,
  }),
  result: setting({
    flag: '--result <mode>',
    env: 'RESULT_TENSOR',
    description: 'which result tensor stays in the engine: none, shared (result{tag}) or per-transaction (expires)',
    default: 'none',
    schema: oneOf('none', 'shared', 'per-transaction'),
    commands: SCORERS,
  }),
  provisionMissing: setting({
    flag: '--provision-missing',
    env: 'PROVISION_MISSING',
    description:
      'store models and script again where the engine has lost them, instead of ending; references are not stored again',
    schema: toggle,
    commands: SCORERS,
  }),
  engineTimeoutMs: setting({
    flag: '--engine-timeout-ms <n>',
    env: 'ENGINE_TIMEOUT_MS',
    description: 'an engine that has not answered by then is taken to be away; the batch waits',
    default: '5000',
    schema: count(100, 600_000),
    commands: SCORERS,
  }),
  sessionTimeoutMs: setting({
    flag: '--session-timeout-ms <n>',
    env: 'SESSION_TIMEOUT_MS',
    description: 'a consumer not heard of for so long loses its partitions (the broker bounds it: 6000 to 1800000)',
    default: '30000',
    schema: count(1_000, 1_800_000),
    commands: SCORERS,
  }),
  deadLetterShareMax: setting({
    flag: '--dead-letter-share-max <share>',
    env: 'DEAD_LETTER_SHARE_MAX',
    description: 'more dead letters than this share of the last outcomes end the consumer with an error; 0: never',
    default: '0.5',
    schema: decimal(0, 1),
    commands: SCORERS,
  }),
  deadLetterWindowRecords: setting({
    flag: '--dead-letter-window-records <n>',
    env: 'DEAD_LETTER_WINDOW_RECORDS',
    description: 'how many of the last outcomes that share is of; judged from the 100th on',
    default: '1000',
    schema: count(1, 1_000_000),
    commands: SCORERS,
  }),
  stallMsMax: setting({
    flag: '--stall-ms-max <n>',
    env: 'STALL_MS_MAX',
    description:
      'with transactions of a partition waiting and none of them published for so long, the consumer ends with an error',
    default: '300000',
    schema: count(1_000, 86_400_000),
    commands: SCORERS,
  }),
};
