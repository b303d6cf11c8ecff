// `fraudstream bench pipeline`: the whole road at full speed, and beside it what it is compared with.
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BENCH_TAG } from '../../bench/engine-stage.ts';
import type { BaselineTask } from '../../bench/pipeline/baseline-task.ts';
import { benchPipeline, type PipelineBenchReport } from '../../bench/pipeline/pipeline-bench.ts';
import { PIPELINE_LOADS, type PipelineLoad } from '../../bench/pipeline/pipeline-load.ts';
import { pipelinePage } from '../../bench/pipeline/pipeline-page.ts';
import { pipelineReportLines } from '../../bench/pipeline/pipeline-report.ts';
import { PipelineStage } from '../../bench/pipeline/pipeline-stage.ts';
import type { StreamNames } from '../../bench/stream-names.ts';
import type { Settings } from '../../config/settings.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { PACKAGE_ROOT } from '../../core/package-root.ts';
import { loaderArgv, siblingModule } from '../../core/sibling-module.ts';
import type { CommandContext } from '../command-context.ts';
import { engineAddress, withRedis } from '../redis-client.ts';
import { environmentOf, sampleValues, startConsumer } from './bench-stream.ts';
import { runRoadBench, type Road } from './road-bench.ts';

export async function runPipelineBench(context: CommandContext): Promise<number> {
  refuseTokens(context.settings);
  return await runRoadBench(context, measure, { lines: pipelineReportLines, page: pipelinePage });
}

async function measure(context: CommandContext, { running, kafka, closers }: Road): Promise<PipelineBenchReport> {
  const { settings, signal, tell } = context;
  const address = engineAddress(settings, running.engine.url);
  return withRedis(address, BENCH_TAG, async (redis) => {
    const startWorker = (load: PipelineLoad, names: StreamNames): ChildProcess =>
      load.worker === 'consumer'
        ? startConsumer(
            names,
            { ...environmentOf(settings, running), LIVE_HISTORY: String(load.liveHistory) },
            {
              '--delivery': load.delivery,
              '--batch-records-max': load.batchRecordsMax,
              '--log-level': 'error',
            },
          )
        : startBaseline({
            ...address,
            kafka,
            baseline: load.worker,
            tag: BENCH_TAG,
            names,
            batchRecordsMax: load.batchRecordsMax,
          });
    tell(`writing ${settings.benchRows} transactions`);
    const stage = await PipelineStage.open(
      { kafka, redis, brokerPid: running.kafka.pid, startWorker },
      PIPELINE_LOADS.map(({ partitions }) => partitions),
      await sampleValues(),
      settings.benchRows,
    );
    closers.add('topics', () => stage.close());
    return benchPipeline(stage, { runs: settings.benchRuns, signal, progress: tell });
  });
}

/** Tokens are given by a function, which does not travel to another process. */
function refuseTokens(settings: Settings): void {
  if (settings.kafkaSasl !== 'oauthbearer') return;
  throw new FraudstreamError('BENCH_LOGIN_UNFIT', 'what the pipeline is compared with cannot log in with oauthbearer', {
    next: 'name a listener of the brokers that takes another mechanism',
    exitCode: EXIT.usage,
  });
}

/** The task travels over standard input, since it may hold passwords; functions of the configuration stay behind. */
function startBaseline(task: BaselineTask): ChildProcess {
  const module = siblingModule(import.meta.url, '../../bench/pipeline/baseline-process');
  const child = spawn(process.execPath, [...loaderArgv(module), fileURLToPath(module)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    cwd: PACKAGE_ROOT,
  });
  child.stdin.write(`${JSON.stringify(task)}\n`);
  return child;
}
