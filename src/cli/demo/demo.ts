// `fraudstream demo`: everything once, from nothing to a summary: Kafka and engine up, topics, provision, consume, replay.
import { setTimeout as sleep } from 'node:timers/promises';
import { replay, type ReplayReport, type ReplayTraces } from '../../../producers/replay.ts';
import { progressDisplay } from '../../../producers/progress.ts';
import type { Settings } from '../../config/settings.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { Running } from '../../local/where-it-runs.ts';
import { startConsumer } from '../../stream/consumer.ts';
import { allMetrics } from '../all-metrics.ts';
import type { CommandContext } from '../command-context.ts';
import { bringUpAsSet } from '../bring-up.ts';
import { Closers } from '../closers.ts';
import { createStreamTopics } from '../consume.ts';
import { EXIT_INTERRUPTED, untilAborted } from '../interruption.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { missingProvisioner } from '../missing-provisioner.ts';
import { startObservation } from '../observation.ts';
import { contentsOf, provisionShards } from '../provision.ts';
import { paceOf, SAMPLE_CSV } from '../replay.ts';
import { streamOptions } from '../stream-options.ts';
import { makeTransactionLog } from '../topics.ts';
import { startTraces } from '../traces.ts';
import { startOutcomeReader, type DemoTopics } from './outcome-reader.ts';
import type { Outcomes } from './outcomes.ts';
import { demoReport, summaryLines, type DemoReport } from './summary.ts';

/** Without a single outcome for so long, the rest is called missing. */
const STALL_MS_MAX = 30_000;
const LOOK_EVERY_MS = 20;

export async function runDemo(context: CommandContext): Promise<number> {
  // The demo tells its own story; log lines are for those who ask.
  if (!context.settings.given.has('logLevel')) context.log.level = 'warn';
  const closers = new Closers(context.log);
  try {
    return await Promise.race([demo(context, closers), interrupted(context)]);
  } finally {
    await closers.closeAll();
  }
}

async function demo(context: CommandContext, closers: Closers): Promise<number> {
  const running = await start(context);
  closers.add('Kafka and engine', () => running.stop());
  return Promise.race([scoreEverything(context, running, closers), failWhenEnded(running.ended)]);
}

async function start({ settings, tell }: CommandContext): Promise<Running> {
  const started = performance.now();
  const running = await bringUpAsSet(settings, tell, { life: 'short' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { kafka, engine } = running.places;
  tell(`Kafka: ${PLACE_WORDS[kafka]}; engine: ${PLACE_WORDS[engine]} (${seconds} s)`);
  return running;
}

const PLACE_WORDS = { given: 'the one given', container: 'a container', process: 'a local process' } as const;

async function scoreEverything(context: CommandContext, running: Running, closers: Closers): Promise<number> {
  const { settings, log, args, tell } = context;
  const addresses = { brokers: running.kafka.brokers.split(','), redisaiUrl: running.engine.url };
  const kafka = kafkaConfig(settings, log, addresses.brokers);
  const [shards] = await Promise.all([
    provisionShards(settings, addresses.redisaiUrl, args[0]),
    createStreamTopics(settings, log, addresses.brokers),
    ...(running.places.kafka === 'given' ? [] : [makeTransactionLog(kafka)]),
  ]);
  tell(`provisioned ${contentsOf(shards)}`);
  const observation = await startObservation(settings, log, addresses.redisaiUrl);
  closers.add('metrics', () => observation.stop());
  if (observation.url !== undefined) tell(`live page: ${observation.url}/`);
  const traces = await startTraces(settings, log);
  closers.add('traces', () => traces?.stop() ?? Promise.resolve());
  const consumer = await startConsumer(streamOptions(settings, log, addresses), {
    log,
    metrics: traces === undefined ? observation.tally : allMetrics([observation.tally, traces.metrics]),
    traces: traces?.batches,
    provisionMissing: await missingProvisioner(settings, addresses.redisaiUrl),
  });
  const unwatch = observation.watch(consumer);
  closers.add('consumer', () => {
    unwatch();
    return consumer.stop();
  });
  const reader = await startOutcomeReader(kafka, topicsOf(settings));
  closers.add('reader of the scores', () => reader.stop());
  const report = await Promise.race([
    replayAndWait(context, kafka, reader.outcomes, traces?.sent),
    failWhenEnded(consumer.ended),
  ]);
  show(context, running, report);
  if (settings.keep) {
    const page = observation.url === undefined ? '' : `, the live page at ${observation.url}/ too`;
    tell(`everything keeps running${page}; Ctrl-C ends it`);
    tellAddresses(running, tell);
    await Promise.race([untilAborted(context.signal), failWhenEnded(consumer.ended)]);
  }
  return report.missing === 0 ? 0 : EXIT.failure;
}

const topicsOf = (settings: Settings): DemoTopics => ({
  transactions: settings.transactionsTopic,
  scores: settings.scoresTopic,
  deadLetters: settings.deadLetterTopic,
});

async function replayAndWait(
  { settings, log, args, signal }: CommandContext,
  kafka: ReturnType<typeof kafkaConfig>,
  outcomes: Outcomes,
  traces: ReplayTraces | undefined,
): Promise<DemoReport> {
  const startedMs = Date.now();
  const display = progressDisplay(process.stderr);
  const replayed: ReplayReport = await replay(
    {
      csv: args[0] ?? SAMPLE_CSV,
      kafka,
      topic: settings.transactionsTopic,
      pace: paceOf(settings),
      rows: settings.rows,
      signal,
    },
    { onProgress: display.show, traces },
  ).finally(display.end);
  log.debug({ rows: replayed.rows }, 'replayed');
  await untilAllOut(outcomes, replayed.rows);
  return demoReport(outcomes, replayed.rows, startedMs);
}

async function untilAllOut(outcomes: Outcomes, expected: number): Promise<void> {
  let distinct = outcomes.distinct;
  let progressMs = performance.now();
  while (outcomes.distinct < expected && performance.now() - progressMs < STALL_MS_MAX) {
    await sleep(LOOK_EVERY_MS);
    if (outcomes.distinct === distinct) continue;
    distinct = outcomes.distinct;
    progressMs = performance.now();
  }
}

function show({ settings, print, tell }: CommandContext, running: Running, report: DemoReport): void {
  const lines = summaryLines(report, {
    threshold: settings.threshold,
    scoresTopic: settings.scoresTopic,
    delivery: settings.delivery,
    paced: settings.rate !== undefined || settings.speed !== undefined,
    consoleConsumer: running.kafka.consoleConsumer(settings.scoresTopic),
    staysUp: settings.keep || running.places.kafka === 'given',
  });
  // With --json stdout belongs to the one line that a program reads.
  for (const line of lines) (settings.json ? tell : print)(line);
  if (settings.json) print(JSON.stringify(report));
}

/** What was started here listens where nobody could know; what was given is known, and may hold a password. */
function tellAddresses({ places, kafka, engine }: Running, tell: CommandContext['tell']): void {
  const variables = [
    ...(places.kafka === 'given' ? [] : [`KAFKA_BROKERS=${kafka.brokers}`]),
    ...(places.engine === 'given' ? [] : [`REDISAI_URL=${engine.url}`]),
  ];
  if (variables.length > 0) tell(`other commands find it with: export ${variables.join(' ')}`);
}

/** With --keep, Ctrl-C is how it is meant to end. */
async function interrupted({ signal, settings }: CommandContext): Promise<number> {
  await untilAborted(signal);
  return settings.keep ? 0 : EXIT_INTERRUPTED;
}

/** The consumer rejects with its own words; a server that ends has a reason. */
async function failWhenEnded(ended: Promise<unknown>): Promise<never> {
  const reason = await ended;
  throw new FraudstreamError(
    'DEMO_INTERRUPTED',
    `the demo cannot go on: ${typeof reason === 'string' ? reason : 'the consumer ended'}`,
    {
      next: 'run it again (--log-level debug tells more); docs/tutorial.md has a stream that outlives its engine',
      exitCode: EXIT.unavailable,
    },
  );
}
