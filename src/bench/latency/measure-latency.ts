// One load, once: transactions are sent at a steady rate and each is waited for. The clock of each starts when it was meant
// to be sent, so that whatever holds a sender, the consumer or a broker up is part of every latency behind it.
import { setTimeout as delay } from 'node:timers/promises';
import { FraudstreamError } from '../../core/errors.ts';
import { WorkerProcess } from '../worker-process.ts';
import type { Delivery } from './latency-load.ts';
import type { LatencyStage } from './latency-stage.ts';
import { ScoreReader } from './score-reader.ts';
import { readStageTallies, stageTimesBetween, type StageTallies, type StageTimes } from './stage-times.ts';

export interface LatencyFigures extends StageTimes {
  readonly sentPerSecond: number;
  /** Scores that became visible while the load lasted. */
  readonly scoredPerSecond: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** How late the sender was, 99th percentile: part of the latencies. */
  readonly sentLateMs: number;
}

export interface Pace {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Scored before anything is measured: the group joins, and the code is compiled. */
const WARM_UP_ROWS = 4_000;
/** Of the steady load, what is left out at its beginning. */
const SETTLE_SECONDS = 1;
const LOOK_EVERY_MS = 50;
/** Without a score for so long, the load has failed. */
const SILENCE_MS_MAX = 60_000;

interface ReplayReport {
  readonly rows: number;
  readonly ratePerSecond: number;
  readonly sendDelayMs: { readonly p99: number };
}

export async function measureLatency(
  stage: LatencyStage,
  delivery: Delivery,
  pace: Pace,
  signal: AbortSignal,
): Promise<LatencyFigures> {
  const names = await stage.freshTopics();
  const { process, metricsUrl } = await stage.parts.startConsumer(delivery, names);
  const run = new LatencyRun(new WorkerProcess('consumer', process), await ScoreReader.open(stage.kafka, names.scores));
  const replay = async (flags: Readonly<Record<string, number>>): Promise<ReplayReport> => {
    const report = await new WorkerProcess('replay', stage.parts.startReplay(names, flags)).output();
    return JSON.parse(report.trimEnd().split('\n').at(-1)!) as ReplayReport;
  };
  try {
    await replay({ rows: WARM_UP_ROWS });
    await run.untilSeen(WARM_UP_ROWS, signal);
    const before = await tallies(metricsUrl);
    run.reader.measure({ settleMs: 1000 * SETTLE_SECONDS, lengthMs: 1000 * pace.seconds });
    const sent = await replay({ rate: pace.perSecond, duration: SETTLE_SECONDS + pace.seconds });
    await run.untilSeen(WARM_UP_ROWS + sent.rows, signal);
    return figures(run.reader, sent, pace, stageTimesBetween(before, await tallies(metricsUrl)));
  } finally {
    await Promise.all([run.consumer.stop(), run.reader.close()]);
  }
}

class LatencyRun {
  readonly consumer: WorkerProcess;
  readonly reader: ScoreReader;

  constructor(consumer: WorkerProcess, reader: ScoreReader) {
    this.consumer = consumer;
    this.reader = reader;
  }

  /** Until so many scores were read: all that was sent. */
  async untilSeen(scores: number, signal: AbortSignal): Promise<void> {
    let [seen, movedAtMs] = [-1, performance.now()];
    while (this.reader.seen < scores) {
      if (signal.aborted) throw new FraudstreamError('BENCH_INTERRUPTED', 'the bench was interrupted');
      this.consumer.refuseEnd();
      if (this.reader.seen > seen) movedAtMs = performance.now();
      else if (performance.now() - movedAtMs > SILENCE_MS_MAX) throw this.consumer.failure('makes no progress');
      seen = this.reader.seen;
      await delay(LOOK_EVERY_MS);
    }
  }
}

async function tallies(metricsUrl: string): Promise<StageTallies> {
  return readStageTallies(await (await fetch(metricsUrl)).text());
}

function figures(
  { latency, visible }: ScoreReader,
  sent: ReplayReport,
  { seconds }: Pace,
  times: StageTimes,
): LatencyFigures {
  const at = (percent: number): number => latency.percentileMs(percent) ?? NaN;
  return {
    sentPerSecond: sent.ratePerSecond,
    scoredPerSecond: visible / seconds,
    p50Ms: at(50),
    p90Ms: at(90),
    p99Ms: at(99),
    p999Ms: at(99.9),
    maxMs: at(100),
    sentLateMs: sent.sendDelayMs.p99,
    ...times,
  };
}
