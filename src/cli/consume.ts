// `fraudstream consume`: scores what comes in until told to stop.
import type { Settings } from '../config/settings.ts';
import { startConsumer } from '../stream/consumer.ts';
import type { Log } from '../telemetry/logger.ts';
import { allMetrics } from './all-metrics.ts';
import type { CommandContext } from './command-context.ts';
import { preflight } from './doctor/preflight.ts';
import { runInstances } from './instances.ts';
import { stdinClosed, untilAborted } from './interruption.ts';
import { kafkaConfig } from './kafka-client.ts';
import { logMetrics } from './log-metrics.ts';
import { missingProvisioner } from './missing-provisioner.ts';
import { startObservation, type Observation } from './observation.ts';
import { streamOptions } from './stream-options.ts';
import { createTopics } from './topics.ts';
import { startTraces } from './traces.ts';

export async function runConsume(context: CommandContext): Promise<undefined> {
  if (context.settings.instances > 1) {
    await createStreamTopics(context.settings, context.log, context.settings.kafkaBrokers);
    return runInstances(context);
  }
  // First, so that a port that is taken is told before anything has begun.
  const observation = await startObservation(context.settings, context.log);
  try {
    await consume(context, observation);
  } finally {
    await observation.stop();
  }
  context.log.info({}, 'stopped');
}

async function consume({ settings, log, signal }: CommandContext, observation: Observation): Promise<void> {
  await createStreamTopics(settings, log, settings.kafkaBrokers);
  if (settings.preflight) await preflight(settings, log, signal);
  const options = streamOptions(settings, log, { brokers: settings.kafkaBrokers, redisaiUrl: settings.redisaiUrl });
  const traces = await startTraces(settings, log);
  const metrics = allMetrics([observation.tally, logMetrics(log), ...(traces === undefined ? [] : [traces.metrics])]);
  const provisionMissing = await missingProvisioner(settings, settings.redisaiUrl);
  const consumer = await startConsumer(options, { log, metrics, traces: traces?.batches, provisionMissing });
  const unwatch = observation.watch(consumer);
  try {
    // `ended` rejects where the consumer cannot go on: better a restart than a process that lives and does nothing.
    await Promise.race([untilAborted(signal), consumer.ended, ...(settings.exitWithStdin ? [stdinClosed()] : [])]);
  } finally {
    unwatch();
    await consumer.stop();
    await traces?.stop();
  }
}

export function createStreamTopics(settings: Settings, log: Log, brokers: readonly string[]): Promise<void> {
  const { transactionsTopic, scoresTopic, deadLetterTopic, partitions } = settings;
  const names = [transactionsTopic, scoresTopic, deadLetterTopic];
  return createTopics(kafkaConfig(settings, log, brokers), { names, partitions });
}
