// kafkajs' log lines through ours, with the levels put right: it cries ERROR at what it then retries by itself.
import { scrubForeign } from '../core/card-numbers.ts';
import type { Log } from './logger.ts';

/** The shape of a kafkajs log creator; written here so that telemetry needs no kafkajs. */
export type KafkaLogCreator = (level: number) => (entry: KafkaLogEntry) => void;

export interface KafkaLogEntry {
  readonly namespace: string;
  readonly level: number;
  readonly log: { readonly message: string; readonly error?: string; readonly [field: string]: unknown };
}

/** Words of what is part of a normal day: markers of the last Kafka transaction, a coordinator just starting. */
const OF_NO_CONCERN = [
  // A broker that is away is asked again; who gives up says so in an error of its own, and a consumer says it once.
  ...[
    'Connection error:',
    'Closed connection',
    'Connection timeout',
    'Failed to connect to',
    'Restarting the consumer',
  ],
  'no leader for this topic-partition', // between two leaders, or before the first
  'another concurrent operation', // CONCURRENT_TRANSACTIONS, between any two Kafka transactions in a row
  'group coordinator is not available',
  'coordinator is loading',
  'not the correct coordinator',
  'group is rebalancing',
  'not the leader for that topic-partition',
  'Limiting retries for the idempotent producer', // meant: what is in doubt is decided by reading the committed offset
];

const PINO_LEVELS = { 1: 'error', 2: 'warn', 4: 'info', 5: 'debug' } as const;
/** Fields worth a line; payloads and stacks are not. */
const FIELDS = ['error', 'broker', 'groupId', 'topic', 'retryCount', 'retryTime', 'clientId'] as const;

export function kafkaLogCreator(log: Log): KafkaLogCreator {
  return () =>
    ({ namespace, level, log: entry }) => {
      const fields = Object.fromEntries(
        FIELDS.filter((name) => entry[name] !== undefined).map((name) => [name, cleanField(entry[name])]),
      );
      log[levelOf(level, entry)]({ kafka: namespace, ...fields }, scrubForeign(entry.message));
    };
}

/** A broker's words may be among them. */
const cleanField = (field: unknown): unknown => (typeof field === 'string' ? scrubForeign(field) : field);

function levelOf(level: number, entry: KafkaLogEntry['log']): 'error' | 'warn' | 'info' | 'debug' {
  const words = `${entry.message} ${entry.error ?? ''}`;
  if (OF_NO_CONCERN.some((known) => words.includes(known))) return 'debug';
  const named = PINO_LEVELS[level as keyof typeof PINO_LEVELS];
  // What kafkajs calls info (joins, stops) is detail to a user of fraudstream.
  return named === 'info' ? 'debug' : named;
}
