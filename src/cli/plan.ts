// `fraudstream plan`: what a rate takes in partitions, consumers, engines and brokers, and the latency that comes with it.
import { readFile } from 'node:fs/promises';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { findPlan, type Plan } from '../plan/find-layout.ts';
import { MEASURED, type Measured } from '../plan/measured.ts';
import { catchUpSeconds } from '../plan/pipeline-model.ts';
import { readMeasured } from '../plan/read-measured.ts';
import type { CommandContext } from './command-context.ts';

/** Where no rate is named: from one consumer to more than a card network. */
const RATES = [1_000, 10_000, 65_000, 300_000, 1_000_000] as const;
/** From when a member is gone until another has its partitions, the session's time-out left out. */
const REBALANCE_SECONDS = 3;

const HEAD = ['a second', 'partitions', 'consumers', 'engines', 'broker cores', 'batch', 'p50 ms', 'p99 ms'] as const;
/** Of all three parts with three digits each. */
const BUSY_WIDTH = 47;

export async function runPlan({ settings, print }: CommandContext): Promise<undefined> {
  const { rate, planP99Ms, planMeasured } = settings;
  const measured = planMeasured === undefined ? MEASURED : readMeasured(await Promise.all(planMeasured.map(readJson)));
  const plans = (rate === undefined ? RATES : [rate]).map((perSecond) => planOrSay(perSecond, planP99Ms, measured));
  if (settings.json) print(JSON.stringify({ measured, plans }));
  else {
    print(`${HEAD.map((name) => name.padStart(14)).join('')}  ${'busiest first'.padEnd(BUSY_WIDTH)}after a rebalance`);
    for (const plan of plans) print(planLine(plan));
  }
}

function planOrSay(perSecond: number, p99Ms: number, measured: Measured): Plan {
  const plan = findPlan(perSecond, p99Ms, measured);
  if (plan !== undefined) return plan;
  throw new FraudstreamError('PLAN_IMPOSSIBLE', `no number of processes gives ${perSecond}/s within ${p99Ms} ms`, {
    cause: `a Kafka transaction alone takes ${measured.commitMs} ms, and a score waits for two of them at worst`,
    next: 'allow a higher --p99, or measure a quicker Kafka (--measured)',
  });
}

function planLine({ perSecond, layout, prediction }: Plan): string {
  const { partitions, consumers, engines, brokerCores } = layout;
  const { batchRecords, p50Ms, p99Ms, utilisation } = prediction;
  const figures = [perSecond, partitions, consumers, engines, brokerCores, batchRecords, p50Ms, p99Ms];
  const busy = Object.entries(utilisation)
    .sort(([, a], [, b]) => b - a)
    .map(([part, share]) => `${part} ${Math.round(100 * share)} %`);
  const caughtUp = catchUpSeconds(prediction, REBALANCE_SECONDS).toFixed(1);
  const cells = figures.map((figure) => Math.round(figure).toLocaleString('en').padStart(14));
  return `${cells.join('')}  ${busy.join(', ').padEnd(BUSY_WIDTH)}${caughtUp} s`;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(path, 'utf8')).trimEnd().split('\n').at(-1)!) as unknown;
  } catch (cause) {
    throw new FraudstreamError('FILE_NOT_READ', `cannot read ${path}: ${messageOf(cause)}`, {
      next: 'name a file that holds what a bench printed with --json',
      exitCode: EXIT.usage,
      cause,
    });
  }
}
