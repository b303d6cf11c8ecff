// Settings of `bench`.
import { count, decimal, setting, toggle } from './setting.ts';

export const BENCH_SETTINGS = {
  benchSeconds: setting({
    flag: '--seconds <n>',
    description: 'length of each run of each load (latency: 10, others: 1 unless told)',
    schema: decimal(0.05, 600).optional(),
    commands: ['bench'],
  }),
  benchRuns: setting({
    flag: '--runs <n>',
    description: 'runs of each load; shown are the median, the least and the most',
    default: '5',
    schema: count(1, 1000),
    commands: ['bench'],
  }),
  benchDags: setting({
    flag: '--dags <n>',
    description: 'DAGs over which memory is watched; 0 leaves that out',
    default: '200000',
    schema: count(0, 1_000_000_000),
    commands: ['bench'],
  }),
  benchRows: setting({
    flag: '--rows <n>',
    description: 'transactions of each run of a full topic (pipeline, latency)',
    default: '100000',
    schema: count(10_000, 100_000_000),
    commands: ['bench'],
  }),
  assertGoals: setting({
    flag: '--assert',
    description: 'exit with 1 where a goal is missed',
    schema: toggle,
    commands: ['bench'],
  }),
};
