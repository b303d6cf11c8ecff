// What benches of the whole road have in common: Kafka and engine are brought up, provisioned and taken down, the report is told.
import type { KafkaConfig } from 'kafkajs';
import { BENCH_DEVICES, BENCH_TAG } from '../../bench/engine-stage.ts';
import type { Goal } from '../../bench/goals.ts';
import type { Running } from '../../local/where-it-runs.ts';
import { bringUpAsSet } from '../bring-up.ts';
import { Closers } from '../closers.ts';
import type { CommandContext } from '../command-context.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { provisionShards } from '../provision.ts';
import { makeTransactionLog } from '../topics.ts';
import { describeMachine } from './machine.ts';
import { tellReport, type ReportViews } from './tell-report.ts';

export interface Road {
  readonly running: Running;
  readonly kafka: KafkaConfig;
  /** What is added is closed before Kafka and engine are. */
  readonly closers: Closers;
}

/** @returns the exit code */
export async function runRoadBench<Report extends { readonly goals: readonly Goal[] }>(
  context: CommandContext,
  measure: (context: CommandContext, road: Road) => Promise<Report>,
  views: ReportViews<Report>,
): Promise<number> {
  const { settings, log, tell } = context;
  const machine = describeMachine();
  const closers = new Closers(log);
  // What a load's processes say on their own, its failure says in the end.
  log.level = 'error';
  try {
    const running = await bringUpAsSet(settings, tell, { life: 'long' });
    closers.add('Kafka and engine', () => running.stop());
    const kafka = kafkaConfig(settings, log, running.kafka.brokers.split(','));
    await provisionShards({ ...settings, tag: BENCH_TAG, devices: [...BENCH_DEVICES] }, running.engine.url);
    await makeTransactionLog(kafka);
    return await tellReport(context, machine, await measure(context, { running, kafka, closers }), views);
  } finally {
    await closers.closeAll();
  }
}
