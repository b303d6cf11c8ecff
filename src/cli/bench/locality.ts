// `fraudstream bench locality`: the same scores computed at the client and beside the data, whichever engine answers.
import { readFile } from 'node:fs/promises';
import { BENCH_DEVICES, BENCH_REFERENCES, BENCH_TAG } from '../../bench/engine-stage.ts';
import { benchLocality } from '../../bench/locality/locality-bench.ts';
import { TOGETHER } from '../../bench/locality/locality-load.ts';
import { localityPage } from '../../bench/locality/locality-page.ts';
import { localityReportLines } from '../../bench/locality/locality-report.ts';
import { LocalityStage } from '../../bench/locality/locality-stage.ts';
import { decodeTransaction } from '../../contracts/transaction.ts';
import { packageFile } from '../../core/package-root.ts';
import { startEngineProcess } from '../../local/engine-process.ts';
import { Closers } from '../closers.ts';
import type { CommandContext } from '../command-context.ts';
import { mainModuleArguments } from '../main-module.ts';
import { provisionShards } from '../provision.ts';
import { sampleValues } from './bench-stream.ts';
import { describeMachine } from './machine.ts';
import { tellReport } from './tell-report.ts';

/** Of each run of each load. */
const SECONDS = 1;
const MODEL = packageFile('models', 'fraud_detection_model.onnx');

export async function runLocalityBench(context: CommandContext): Promise<number> {
  const { settings, log } = context;
  const closers = new Closers(log);
  try {
    if (settings.given.has('redisaiUrl')) return await measure(context, settings.redisaiUrl, closers);
    const engine = await startEngineProcess(mainModuleArguments());
    closers.add('engine', () => engine.stop());
    return await measure(context, engine.url, closers);
  } finally {
    await closers.closeAll();
  }
}

async function measure(context: CommandContext, url: string, closers: Closers): Promise<number> {
  const { settings, signal, tell } = context;
  const machine = describeMachine();
  await provisionShards(
    { ...settings, tag: BENCH_TAG, devices: [...BENCH_DEVICES], references: BENCH_REFERENCES },
    url,
  );
  // The last of the sample: later than all references.
  const transactions = (await sampleValues()).slice(-Math.max(...TOGETHER)).map((value) => decodeTransaction(value));
  const stage = await LocalityStage.open({ url, tag: BENCH_TAG, transactions, model: await readFile(MODEL) });
  closers.add('connections', () => stage.close());
  const { benchRuns: runs, benchSeconds: seconds = SECONDS } = settings;
  const report = await benchLocality(stage, { runs, seconds, signal, progress: tell });
  return tellReport(context, machine, report, { lines: localityReportLines, page: localityPage });
}
