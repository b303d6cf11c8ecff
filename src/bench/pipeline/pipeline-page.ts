// The report of the pipeline's bench as a page.
import { benchPage, figureBars, spreadTable, wholeRange } from '../bench-page.ts';
import { inRange, whole } from '../goals.ts';
import type { Spread } from '../spread.ts';
import type { PipelineBenchReport } from './pipeline-bench.ts';
import { AT_LEAST_ONCE, EXACTLY_ONCE } from './pipeline-load.ts';

/** Those that goals speak of. */
const MARKED = [EXACTLY_ONCE, AT_LEAST_ONCE].map(({ name }) => name);

export function pipelinePage(report: PipelineBenchReport, machine: string): string {
  const { loads, perCeiling, perOneAtATime, withLiveHistory, runs, rows, goals } = report;
  return benchPage({
    bench: 'pipeline',
    title: 'How fast the pipeline is',
    machine,
    facts: [
      ['Runs', String(runs)],
      ['Transactions a load', whole(rows)],
      ['Of kafkajs alone', inRange(perCeiling, 2)],
      ['Times one at a time', inRange(perOneAtATime, 1)],
      ['With live history, of without', inRange(withLiveHistory, 2)],
    ],
    goals,
    cards: loadCards(loads, MARKED),
  });
}

/** Those in `marked` stand out. */
export function loadCards(loads: PipelineBenchReport['loads'], marked: readonly string[] = []): readonly string[] {
  return [
    figureBars('Transactions a second', loads, ({ perSecond }) => perSecond, whole, marked),
    figureBars(
      'Processor seconds of the worker for a million transactions',
      loads,
      (load) => load.workerCpu,
      (value) => value.toFixed(1),
      marked,
    ),
    spreadTable('All loads', loads, {
      'per second': ({ perSecond }) => wholeRange(perSecond),
      'worker, CPU s a million': ({ workerCpu }) => seconds(workerCpu),
      engine: ({ engineCpu }) => seconds(engineCpu),
      broker: ({ brokerCpu }) => seconds(brokerCpu),
    }),
  ];
}

const seconds = (cpu: Spread): string => (Number.isNaN(cpu.median) ? '–' : inRange(cpu, 1));
