// `fraudstream replay`: a CSV onto the transactions topic, at a pace.
import type { Pace } from '../../producers/pace.ts';
import { progressDisplay } from '../../producers/progress.ts';
import { replay } from '../../producers/replay.ts';
import type { Settings } from '../config/settings.ts';
import { packageFile } from '../core/package-root.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_INTERRUPTED } from './interruption.ts';
import { kafkaConfig } from './kafka-client.ts';

export const SAMPLE_CSV = packageFile('data', 'transactions.sample.csv');

export async function runReplay({ settings, args, log, signal, print }: CommandContext): Promise<number> {
  const display = progressDisplay(process.stderr);
  const report = await replay(
    {
      csv: args[0] ?? SAMPLE_CSV,
      kafka: kafkaConfig(settings, log),
      topic: settings.transactionsTopic,
      pace: paceOf(settings),
      rows: settings.rows,
      signal,
    },
    { onProgress: display.show },
  ).finally(display.end);
  print(
    settings.json
      ? JSON.stringify(report)
      : `replayed ${report.rows} transactions onto ${settings.transactionsTopic} in ${report.seconds.toFixed(1)} s (${Math.round(report.ratePerSecond)}/s)`,
  );
  return report.stopped ? EXIT_INTERRUPTED : 0;
}

export function paceOf({ rate, speed }: Settings): Pace {
  if (rate !== undefined) return { kind: 'rate', perSecond: rate };
  return speed === undefined ? { kind: 'unpaced' } : { kind: 'speed', factor: speed };
}
