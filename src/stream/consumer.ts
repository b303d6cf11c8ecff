// The door of the stream: checks that all it needs is there, then lets it run.
import { openEngines } from './engine/open-engines.ts';
import { checkTopics } from './kafka/check-topics.ts';
import { kafkaClients } from './kafka/connection.ts';
import { KafkaTopicTail } from './kafka/topic-tail.ts';
import { limitsOf, type StreamOptions } from './options.ts';
import { HttpSchemaRegistry } from './registry/schema-registry.ts';
import { ScoringConsumer, type RunningConsumer } from './scoring-consumer.ts';
import { Shards, type ProvisionShard } from './shards.ts';
import { NO_LOG, type StreamLog } from './stream-log.ts';
import { NO_METRICS, type StreamMetrics } from './stream-metrics.ts';
import type { StreamTraces } from './stream-traces.ts';

export type { RunningConsumer } from './scoring-consumer.ts';

export interface ConsumerDependencies {
  readonly log?: StreamLog;
  readonly metrics?: StreamMetrics;
  readonly traces?: StreamTraces | undefined;
  /** Without it the consumer ends where the engine has lost a model or the script. */
  readonly provisionMissing?: ProvisionShard | undefined;
}

/** @throws FraudstreamError where Kafka or the engine is away, or something is not as the options say */
export async function startConsumer(
  options: StreamOptions,
  dependencies: ConsumerDependencies = {},
): Promise<RunningConsumer> {
  const log = dependencies.log ?? NO_LOG;
  const metrics = dependencies.metrics ?? NO_METRICS;
  const limits = limitsOf(options);
  const registry = options.registry && new HttpSchemaRegistry(options.registry);
  const kafka = kafkaClients(options.kafka);
  const tail = options.history && new KafkaTopicTail(kafka.reading, options);
  const engines = await openEngines(options, limits, log);
  const { traces, provisionMissing } = dependencies;
  const shards = new Shards({ engines, options, log, metrics, registry, tail, provisionMissing });
  try {
    const modelDigest = await shards.check();
    await checkTopics(kafka.asking, options);
    const consumer = new ScoringConsumer({ shards, kafka, options, limits, log, metrics, traces });
    await consumer.start();
    const { groupId, transactionsTopic, delivery } = options;
    log.info({ groupId, transactionsTopic, delivery, modelDigest }, 'scoring');
    return consumer;
  } catch (error) {
    await shards.close();
    throw error;
  }
}
