// Settings → the peers that the checks look at → the lines of the examination.
import type { KafkaConfig } from 'kafkajs';
import type { Settings } from '../../config/settings.ts';
import { schemaIdOf } from '../../contracts/registry-format.ts';
import { asFinding, examine, type Line } from '../../doctor/examine.ts';
import { KAFKA_CHECKS } from '../../doctor/kafka/kafka-checks.ts';
import type { KafkaPeer } from '../../doctor/kafka/kafka-peer.ts';
import { HttpSchemaRegistry } from '../../stream/registry/schema-registry.ts';
import type { Log } from '../../telemetry/logger.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { registryOptions } from '../stream-options.ts';
import { abortTransaction, topicBounds, withAdmin } from '../topics.ts';
import { examineEngine } from './engine-examination.ts';
import { newestRecords } from './newest-records.ts';

export interface Examination {
  readonly settings: Settings;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Told of each line as soon as it is known. */
  readonly tell: (line: Line) => void;
}

/** Never rejects: a peer that does not answer is a line too. */
export async function examinePeers(examination: Examination): Promise<readonly Line[]> {
  const { settings, log, tell } = examination;
  const kafka = await examineKafka(examination);
  return [...kafka, ...(await examineEngine(settings, await partitionsOf(settings, log), tell))];
}

/** None where the topic cannot be seen: a line says so by then. */
async function partitionsOf(settings: Settings, log: Log): Promise<number> {
  if (!settings.liveHistory) return 0;
  const bounds = withAdmin(kafkaConfig(settings, log), (admin) => topicBounds(admin, settings.transactionsTopic));
  return bounds.then(
    ({ length }) => length,
    () => 0,
  );
}

async function examineKafka({ settings, log, signal, tell }: Examination): Promise<readonly Line[]> {
  const config = kafkaConfig(settings, log);
  return withAdmin(config, (admin) => examine(KAFKA_CHECKS, kafkaPeer(settings, config, admin, signal), tell)).catch(
    alone('brokers', tell),
  );
}

function kafkaPeer(settings: Settings, config: KafkaConfig, admin: KafkaPeer['admin'], signal: AbortSignal): KafkaPeer {
  const registry = registryOptions(settings);
  return {
    admin,
    plan: settings,
    tryTransaction: (transactionalId) => abortTransaction(config, transactionalId),
    sample: () => newestRecords(config, settings.transactionsTopic, signal),
    schemasOf: async (records) => {
      const ids = records.map(({ value }) => schemaIdOf(value)).filter((id) => id !== undefined);
      return registry === undefined ? undefined : new HttpSchemaRegistry(registry).schemas(new Set(ids));
    },
    now: Date.now,
  };
}

/** The only line about a peer that does not answer. */
const alone =
  (check: string, tell: (line: Line) => void) =>
  (cause: unknown): readonly Line[] => {
    const line = { check, ...asFinding(cause) };
    tell(line);
    return [line];
  };
