// The processes of a stream that a bench watches, and what it feeds them.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { readTransactions } from '../../../producers/csv.ts';
import { BENCH_DEVICES, BENCH_TAG } from '../../bench/engine-stage.ts';
import type { StreamNames } from '../../bench/stream-names.ts';
import { childEnvironment } from '../../config/load-settings.ts';
import { encodeTransaction } from '../../contracts/transaction.ts';
import { PACKAGE_ROOT } from '../../core/package-root.ts';
import type { Running } from '../../local/where-it-runs.ts';
import { mainModuleArguments } from '../main-module.ts';
import { SAMPLE_CSV } from '../replay.ts';

/** Of a command: `--rate` → 500. */
export type Flags = Readonly<Record<string, string | number>>;

/** The sample as records carry it. */
export async function sampleValues(): Promise<Buffer[]> {
  const values: Buffer[] = [];
  const { rows } = await readTransactions(SAMPLE_CSV);
  for await (const { id, values: numbers, label } of rows) {
    values.push(encodeTransaction({ transactionId: id, values: numbers, label }));
  }
  return values;
}

/** As in production: `fraudstream consume`. */
export function startConsumer(names: StreamNames, running: Running, more: Flags): ChildProcess {
  const flags: Flags = {
    '--kafka-brokers': running.kafka.brokers,
    '--transactions-topic': names.transactions,
    '--scores-topic': names.scores,
    '--dead-letter-topic': names.deadLetters,
    '--group-id': names.groupId,
    '--tag': BENCH_TAG,
    '--devices': BENCH_DEVICES.join(),
    ...more,
  };
  return startCommand(['consume', '--exit-with-stdin'], flags, running, ['pipe', 'ignore', 'pipe']);
}

/** `fraudstream replay` of the sample, which prints its report as JSON. */
export function startReplay(names: StreamNames, running: Running, more: Flags): ChildProcess {
  const flags: Flags = {
    '--kafka-brokers': running.kafka.brokers,
    '--transactions-topic': names.transactions,
    '--log-level': 'error',
    ...more,
  };
  return startCommand(['replay', '--loop', '--json'], flags, running, ['ignore', 'pipe', 'pipe']);
}

function startCommand(command: readonly string[], flags: Flags, running: Running, stdio: StdioOptions): ChildProcess {
  const words = Object.entries(flags).flatMap(([flag, value]) => [flag, String(value)]);
  return spawn(process.execPath, [...mainModuleArguments(), ...command, ...words], {
    stdio,
    cwd: PACKAGE_ROOT,
    env: childEnvironment({ REDISAI_URL: running.engine.url }),
  });
}
