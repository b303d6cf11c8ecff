// `fraudstream bench latency`: how long it takes from when a transaction is due until its score can be read.
import type { ChildProcess } from 'node:child_process';
import type { KafkaConfig } from 'kafkajs';
import { BENCH_TAG } from '../../bench/engine-stage.ts';
import { benchLatency, type LatencyBenchReport } from '../../bench/latency/latency-bench.ts';
import { PARTITIONS, type Delivery } from '../../bench/latency/latency-load.ts';
import { latencyPage } from '../../bench/latency/latency-page.ts';
import { latencyReportLines } from '../../bench/latency/latency-report.ts';
import { LatencyStage, type StartedConsumer } from '../../bench/latency/latency-stage.ts';
import type { PipelineLoad } from '../../bench/pipeline/pipeline-load.ts';
import { PipelineStage } from '../../bench/pipeline/pipeline-stage.ts';
import type { StreamNames } from '../../bench/stream-names.ts';
import type { Environment } from '../../config/load-settings.ts';
import { freePorts } from '../../local/free-port.ts';
import type { CommandContext } from '../command-context.ts';
import { engineAddress, withRedis } from '../redis-client.ts';
import { environmentOf, sampleValues, startConsumer, startReplay } from './bench-stream.ts';
import { runRoadBench, type Road } from './road-bench.ts';

/** Of each run of each load. */
const SECONDS = 10;
/** A looped replay's times go on; its transactions are to have references all the same. */
const WINDOW_SECONDS = 1_000_000_000;

export function runLatencyBench(context: CommandContext): Promise<number> {
  return runRoadBench(context, measure, { lines: latencyReportLines, page: latencyPage });
}

async function measure(context: CommandContext, { running, kafka, closers }: Road): Promise<LatencyBenchReport> {
  const { settings, signal, tell } = context;
  const environment = environmentOf(settings, running);
  return withRedis(engineAddress(settings, running.engine.url), BENCH_TAG, async (redis) => {
    tell(`writing ${settings.benchRows} transactions`);
    const full = await PipelineStage.open(
      { kafka, redis, brokerPid: running.kafka.pid, startWorker: (load, names) => startFull(names, environment, load) },
      [PARTITIONS],
      await sampleValues(),
      settings.benchRows,
    );
    closers.add('topics of the maximum', () => full.close());
    const stage = openStage(kafka, environment);
    closers.add('topics', () => stage.close());
    const { benchRuns: runs, benchSeconds: seconds = SECONDS } = settings;
    return benchLatency(full, stage, { runs, seconds, signal, progress: tell });
  });
}

function startFull(names: StreamNames, environment: Environment, load: PipelineLoad): ChildProcess {
  return startConsumer(names, environment, {
    '--delivery': load.delivery,
    '--batch-records-max': load.batchRecordsMax,
    '--log-level': 'error',
  });
}

function openStage(kafka: KafkaConfig, environment: Environment): LatencyStage {
  return LatencyStage.open({
    kafka,
    startConsumer: (delivery, names) => startMeasured(delivery, names, environment),
    startReplay: (names, flags) =>
      startReplay(
        names,
        environment,
        Object.fromEntries(Object.entries(flags).map(([flag, value]) => [`--${flag}`, value])),
      ),
  });
}

/** With settings as they are by default. */
async function startMeasured(
  delivery: Delivery,
  names: StreamNames,
  environment: Environment,
): Promise<StartedConsumer> {
  const [port] = await freePorts(1);
  const process = startConsumer(names, environment, {
    '--delivery': delivery,
    '--window-seconds': WINDOW_SECONDS,
    '--metrics-port': port!,
    '--log-level': 'error',
  });
  return { process, metricsUrl: `http://127.0.0.1:${port!}/metrics` };
}
