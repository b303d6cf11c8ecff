// `fraudstream bench engine`: how fast the engine is, whichever answers; by default the embedded one in a process of its own.
import { benchEngine } from '../../bench/engine-bench.ts';
import { enginePage } from '../../bench/engine-page.ts';
import { engineReportLines } from '../../bench/engine-report.ts';
import { BENCH_DEVICES, BENCH_REFERENCES, BENCH_TAG, EngineStage } from '../../bench/engine-stage.ts';
import { startEngineProcess } from '../../local/engine-process.ts';
import { Closers } from '../closers.ts';
import type { CommandContext } from '../command-context.ts';
import { mainModuleArguments } from '../main-module.ts';
import { provisionShards } from '../provision.ts';
import { engineAddress, withRedis } from '../redis-client.ts';
import { describeMachine } from './machine.ts';
import { tellReport } from './tell-report.ts';

/** Of each run of each load. */
const SECONDS = 1;

export async function runEngineBench(context: CommandContext): Promise<number> {
  const { settings, log } = context;
  const closers = new Closers(log);
  try {
    if (settings.given.has('redisaiUrl')) return await measure(context, settings.redisaiUrl);
    const engine = await startEngineProcess(mainModuleArguments());
    closers.add('engine', () => engine.stop());
    return await measure(context, engine.url);
  } finally {
    await closers.closeAll();
  }
}

async function measure(context: CommandContext, url: string): Promise<number> {
  const { settings, signal, tell } = context;
  const { benchSeconds: seconds = SECONDS, benchRuns: runs, benchDags: dags } = settings;
  const machine = describeMachine();
  const stocked = { ...settings, tag: BENCH_TAG, devices: [...BENCH_DEVICES], references: BENCH_REFERENCES };
  const address = engineAddress(settings, url);
  await provisionShards(stocked, url);
  const report = await withRedis(address, BENCH_TAG, async (redis) => {
    const stage = await EngineStage.open(redis);
    return benchEngine(stage, { address, seconds, runs, dags, signal, progress: tell }).finally(() => stage.close());
  });
  return tellReport(context, machine, report, { lines: engineReportLines, page: enginePage });
}
