// The door of the stream: checks that all it needs is there, then lets it run.
import { EngineUnavailable, type Engine } from './engine/engine.ts';
import { RedisEngine } from './engine/redis-engine.ts';
import { LostModels, type ProvisionMissing } from './engine/lost-models.ts';
import { checkTopics } from './kafka/check-topics.ts';
import { kafkaClients } from './kafka/connection.ts';
import { limitsOf, type StreamOptions } from './options.ts';
import { HttpSchemaRegistry } from './registry/schema-registry.ts';
import { ScoringConsumer, type RunningConsumer } from './scoring-consumer.ts';
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { NO_LOG, type StreamLog } from './stream-log.ts';
import { NO_METRICS, type StreamMetrics } from './stream-metrics.ts';
import type { StreamTraces } from './stream-traces.ts';

export type { RunningConsumer } from './scoring-consumer.ts';

export interface ConsumerDependencies {
  readonly log?: StreamLog;
  readonly metrics?: StreamMetrics;
  readonly traces?: StreamTraces | undefined;
  /** Without it the consumer ends where the engine has lost a model or the script. */
  readonly provisionMissing?: ProvisionMissing | undefined;
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
  const engine = await RedisEngine.open(options, limits, log);
  try {
    const lost = new LostModels(log, dependencies.provisionMissing);
    const modelDigest = await digestOf(engine, lost);
    const kafka = kafkaClients(options.kafka);
    await checkTopics(kafka.asking, options);
    const { traces } = dependencies;
    const consumer = new ScoringConsumer({ engine, lost, kafka, options, limits, log, metrics, traces, registry });
    await consumer.start();
    const { groupId, transactionsTopic, delivery } = options;
    log.info({ groupId, transactionsTopic, delivery, modelDigest }, 'scoring');
    return consumer;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** While running, the stream waits for an engine that is not ready; at the start somebody is looking. */
async function digestOf(engine: Engine, lost: LostModels): Promise<string> {
  const { times } = lost;
  try {
    const identity = await engine.identify();
    lost.answered(identity);
    return identity.modelDigest;
  } catch (error) {
    if (error instanceof EngineUnavailable) throw notReady(error);
    await lost.mend(error, times);
    return digestOf(engine, lost);
  }
}

function notReady(cause: EngineUnavailable): FraudstreamError {
  return new FraudstreamError('ENGINE_NOT_READY', `the engine does not answer as it should: ${cause.message}`, {
    next: 'start the consumer again when the engine is ready',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}
