// `fraudstream consume`: scores what comes in until told to stop.
import type { Settings } from '../config/settings.ts';
import { startConsumer } from '../stream/consumer.ts';
import type { Log } from '../telemetry/logger.ts';
import type { CommandContext } from './command-context.ts';
import { stdinClosed, untilAborted } from './interruption.ts';
import { kafkaConfig } from './kafka-client.ts';
import { logMetrics } from './log-metrics.ts';
import { streamOptions } from './stream-options.ts';
import { createTopics, withAdmin } from './topics.ts';

export async function runConsume({ settings, log, signal }: CommandContext): Promise<undefined> {
  await createStreamTopics(settings, log, settings.kafkaBrokers);
  const options = streamOptions(settings, log, { brokers: settings.kafkaBrokers, redisaiUrl: settings.redisaiUrl });
  const consumer = await startConsumer(options, { log, metrics: logMetrics(log) });
  try {
    // `ended` rejects where the consumer cannot go on: better a restart than a process that lives and does nothing.
    await Promise.race([untilAborted(signal), consumer.ended, ...(settings.exitWithStdin ? [stdinClosed()] : [])]);
  } finally {
    await consumer.stop();
  }
  log.info({}, 'stopped');
}

export function createStreamTopics(settings: Settings, log: Log, brokers: readonly string[]): Promise<void> {
  const { transactionsTopic, scoresTopic, deadLetterTopic, partitions } = settings;
  return withAdmin(kafkaConfig(settings, log, brokers), (admin) =>
    createTopics(admin, { names: [transactionsTopic, scoresTopic, deadLetterTopic], partitions }),
  );
}
