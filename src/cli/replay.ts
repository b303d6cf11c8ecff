// `fraudstream replay`: a CSV onto the transactions topic, at a pace.
import type { Pace } from '../../producers/pace.ts';
import { progressDisplay } from '../../producers/progress.ts';
import { replay, type Delays, type ReplayReport } from '../../producers/replay.ts';
import type { Settings } from '../config/settings.ts';
import { packageFile } from '../core/package-root.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_INTERRUPTED } from './interruption.ts';
import { kafkaConfig } from './kafka-client.ts';
import { startTraces } from './traces.ts';

export const SAMPLE_CSV = packageFile('data', 'transactions.sample.csv');

export async function runReplay({ settings, args, log, signal, print }: CommandContext): Promise<number> {
  const display = progressDisplay(process.stderr);
  const traces = await startTraces(settings, log);
  const report = await replay(
    {
      csv: args[0] ?? SAMPLE_CSV,
      kafka: kafkaConfig(settings, log),
      topic: settings.transactionsTopic,
      pace: paceOf(settings),
      rows: settings.rows,
      durationSeconds: settings.durationSeconds,
      loop: settings.loop,
      shuffleSeed: settings.shuffle ? settings.seed : undefined,
      producers: settings.producers,
      signal,
    },
    { onProgress: display.show, traces: traces?.sent },
  ).finally(() => {
    display.end();
    return traces?.stop();
  });
  print(settings.json ? JSON.stringify(report) : reportLine(report, settings.transactionsTopic));
  return report.stopped ? EXIT_INTERRUPTED : 0;
}

function reportLine({ rows, seconds, ratePerSecond, ...delays }: ReplayReport, topic: string): string {
  const words = `replayed ${rows} transactions onto ${topic} in ${seconds.toFixed(1)} s (${Math.round(ratePerSecond)}/s)`;
  const { sendDelayMs: sent, confirmDelayMs: confirmed } = delays;
  if (sent === undefined || confirmed === undefined) return words;
  return `${words}; later than meant: sent by ${delayWords(sent)}; confirmed by ${delayWords(confirmed)}`;
}

const delayWords = ({ p50, p99, max }: Delays): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, at most ${max.toFixed(1)} ms`;

export function paceOf({ rate, speed, ramp }: Settings): Pace {
  if (rate !== undefined) return { kind: 'rate', perSecond: rate };
  if (ramp !== undefined) return { kind: 'ramp', ...ramp };
  return speed === undefined ? { kind: 'unpaced' } : { kind: 'speed', factor: speed };
}
