// `fraudstream bench scale`: what several consumers of one group reach together, before one engine and several.
import { BENCH_DEVICES, BENCH_TAG } from '../../bench/engine-stage.ts';
import { loadLines } from '../../bench/pipeline/pipeline-report.ts';
import { benchScale } from '../../bench/scale/scale-bench.ts';
import { counted, scaleLoads, type ScaleEngines } from '../../bench/scale/scale-load.ts';
import { scalePage } from '../../bench/scale/scale-page.ts';
import { ScaleStage } from '../../bench/scale/scale-stage.ts';
import type { Environment } from '../../config/load-settings.ts';
import { shardTags } from '../../contracts/shard-tags.ts';
import { startEngineNodes } from '../../local/engine-nodes.ts';
import type { Running } from '../../local/where-it-runs.ts';
import { shardClient } from '../../stream/engine/shard-client.ts';
import { bringUpAsSet } from '../bring-up.ts';
import { Closers } from '../closers.ts';
import type { CommandContext } from '../command-context.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { mainModuleArguments } from '../main-module.ts';
import { provisionShards } from '../provision.ts';
import { engineAddress } from '../redis-client.ts';
import { makeTransactionLog } from '../topics.ts';
import { environmentOf, sampleValues, startConsumer } from './bench-stream.ts';
import { describeMachine } from './machine.ts';
import { tellReport } from './tell-report.ts';

/** Where engines are, and how many shards they hold: one on each. */
interface Place {
  readonly name: string;
  readonly url: string;
  readonly shards: number;
}

export async function runScaleBench(context: CommandContext): Promise<number> {
  const { settings, log, tell } = context;
  const machine = describeMachine();
  const closers = new Closers(log);
  log.level = 'error';
  try {
    const places = await enginePlaces(context, closers);
    const running = await bringUpAsSet(settings, tell, { life: 'long', redisaiUrl: places[0]!.url });
    closers.add('Kafka', () => running.stop());
    return await measure(context, running, places, closers, machine);
  } finally {
    await closers.closeAll();
  }
}

/** The engine that a person gave, or as many here as each number asks for. */
async function enginePlaces({ settings, tell }: CommandContext, closers: Closers): Promise<readonly Place[]> {
  if (settings.given.has('redisaiUrl')) return [{ name: 'the engine given', url: settings.redisaiUrl, shards: 1 }];
  const places: Place[] = [];
  for (const shards of settings.benchEngines) {
    const name = counted(shards, 'engine');
    tell(`starting ${name}`);
    const engines = await startEngineNodes(mainModuleArguments(), shards);
    closers.add(name, () => engines.stop());
    places.push({ name, url: engines.url, shards });
  }
  return places;
}

async function measure(
  context: CommandContext,
  running: Running,
  places: readonly Place[],
  closers: Closers,
  machine: string,
): Promise<number> {
  const { settings, log, signal, tell } = context;
  const kafka = kafkaConfig(settings, log, running.kafka.brokers.split(','));
  await makeTransactionLog(kafka);
  const environment = environmentOf(settings, running);
  const engines: ScaleEngines[] = [];
  for (const place of places) engines.push(await readyEngines(context, place, environment, closers));
  const { benchRows: rows, benchRuns: runs, benchConsumers } = settings;
  const stage = await ScaleStage.open({ kafka, brokerPid: running.kafka.pid, values: await sampleValues(), rows });
  closers.add('topics', () => stage.close());
  const report = await benchScale(stage, scaleLoads(benchConsumers, engines), { runs, signal, progress: tell });
  return tellReport(context, machine, report, { lines: loadLines, page: scalePage });
}

/** Provisioned, and with a connection to each. */
async function readyEngines(
  { settings }: CommandContext,
  { name, url, shards }: Place,
  environment: Environment,
  closers: Closers,
): Promise<ScaleEngines> {
  await provisionShards({ ...settings, tag: BENCH_TAG, devices: [...BENCH_DEVICES], shards }, url);
  const connections = await Promise.all(
    shardTags(BENCH_TAG, shards).map((tag) =>
      shardClient(engineAddress(settings, url), tag, { retryStrategy: () => null }),
    ),
  );
  closers.add(`connections to ${name}`, () => {
    for (const redis of connections) redis.disconnect();
    return Promise.resolve();
  });
  await Promise.all(connections.map((redis) => redis.on('error', () => undefined).connect()));
  const reached = { ...environment, REDISAI_URL: url };
  return {
    name,
    connections,
    startConsumer: (names) => startConsumer(names, reached, { '--shards': shards, '--log-level': 'error' }),
  };
}
