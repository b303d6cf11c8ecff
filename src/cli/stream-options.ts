// Settings → what the stream is told, for the commands that run a consumer.
import type { Settings } from '../config/settings.ts';
import type { StreamOptions } from '../stream/options.ts';
import type { Log } from '../telemetry/logger.ts';
import { kafkaConfig } from './kafka-client.ts';
import { engineAddress } from './redis-client.ts';

export interface Addresses {
  readonly brokers: readonly string[];
  readonly redisaiUrl: string;
}

export function streamOptions(settings: Settings, log: Log, { brokers, redisaiUrl }: Addresses): StreamOptions {
  const { transactionsTopic, scoresTopic, deadLetterTopic, groupId, delivery, format } = settings;
  const { tag, shards, devices, threshold, policy } = settings;
  const { windowSeconds, referencesMax, lookup, batchRecordsMax, inFlightMax, result } = settings;
  const { engineTimeoutMs, sessionTimeoutMs, stallMsMax, deadLetterShareMax, deadLetterWindowRecords } = settings;
  return {
    kafka: kafkaConfig(settings, log, brokers),
    ...engineAddress(settings, redisaiUrl),
    registry: registryOptions(settings),
    history: historyOptions(settings),
    ...{ transactionsTopic, scoresTopic, deadLetterTopic, groupId, delivery, format },
    ...{ tag, shards, devices, threshold, policy },
    ...{ windowSeconds, referencesMax, lookup, batchRecordsMax, inFlightMax, result },
    limits: { engineTimeoutMs, sessionTimeoutMs, stallMsMax, deadLetterShareMax, deadLetterWindowRecords },
  };
}

export function registryOptions(settings: Settings): StreamOptions['registry'] {
  const { entityField } = settings;
  const { schemaRegistryUrl: url, schemaRegistryUsername: username, schemaRegistryPassword: password } = settings;
  return url === undefined ? undefined : { url, username, password, entityField };
}

const HOUR_MS = 3_600_000;

function historyOptions(settings: Settings): StreamOptions['history'] {
  const { liveHistory, historyRecordsMax, historyHoursMax, entityField } = settings;
  if (!liveHistory) return undefined;
  const ageMsMax = historyHoursMax === undefined ? undefined : historyHoursMax * HOUR_MS;
  return { recordsMax: historyRecordsMax, ageMsMax, entityField };
}
