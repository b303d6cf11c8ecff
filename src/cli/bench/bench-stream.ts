// The processes of a stream that a bench watches, and what it feeds them.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { readTransactions } from '../../../producers/csv.ts';
import { BENCH_DEVICES, BENCH_TAG } from '../../bench/engine-stage.ts';
import type { StreamNames } from '../../bench/stream-names.ts';
import { childEnvironment, connectionEnvironment, type Environment } from '../../config/load-settings.ts';
import type { Settings } from '../../config/settings.ts';
import { encodeTransaction } from '../../contracts/transaction.ts';
import { PACKAGE_ROOT } from '../../core/package-root.ts';
import type { Running } from '../../local/where-it-runs.ts';
import { mainModuleArguments } from '../main-module.ts';
import { SAMPLE_CSV } from '../replay.ts';

/** Of a command: `--rate` → 500. */
export type Flags = Readonly<Record<string, string | number>>;

/** Variables by which a command reaches what runs here, as this one does. */
export function environmentOf(settings: Settings, { kafka, engine }: Running): Environment {
  return { ...connectionEnvironment(settings), KAFKA_BROKERS: kafka.brokers, REDISAI_URL: engine.url };
}

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
export function startConsumer(names: StreamNames, environment: Environment, more: Flags): ChildProcess {
  const flags: Flags = {
    '--transactions-topic': names.transactions,
    '--scores-topic': names.scores,
    '--dead-letter-topic': names.deadLetters,
    '--group-id': names.groupId,
    '--tag': BENCH_TAG,
    '--devices': BENCH_DEVICES.join(),
    ...more,
  };
  return startCommand(['consume', '--exit-with-stdin'], flags, environment, ['pipe', 'ignore', 'pipe']);
}

/** `fraudstream replay` of the sample, which prints its report as JSON. */
export function startReplay(names: StreamNames, environment: Environment, more: Flags): ChildProcess {
  const flags: Flags = {
    '--transactions-topic': names.transactions,
    '--log-level': 'error',
    ...more,
  };
  return startCommand(['replay', '--loop', '--json'], flags, environment, ['ignore', 'pipe', 'pipe']);
}

function startCommand(
  command: readonly string[],
  flags: Flags,
  environment: Environment,
  stdio: StdioOptions,
): ChildProcess {
  const words = Object.entries(flags).flatMap(([flag, value]) => [flag, String(value)]);
  return spawn(process.execPath, [...mainModuleArguments(), ...command, ...words], {
    stdio,
    cwd: PACKAGE_ROOT,
    env: childEnvironment(environment),
  });
}
