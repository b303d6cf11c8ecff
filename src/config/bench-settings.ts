// Settings of `bench`.
import { count, counts, decimal, setting, toggle } from './setting.ts';

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
    description: 'transactions of each run of a full topic (pipeline, latency, scale)',
    default: '100000',
    schema: count(10_000, 100_000_000),
    commands: ['bench'],
  }),
  benchConsumers: setting({
    flag: '--consumers <list>',
    description: 'scale: how many consumers, each number before each number of engines',
    default: '1,2,4',
    schema: counts(1, 12),
    commands: ['bench'],
  }),
  benchEngines: setting({
    flag: '--engines <list>',
    description: 'scale: how many engines are started here; several are the nodes of a cluster, with a shard on each',
    default: '1,2,4',
    schema: counts(1, 12),
    commands: ['bench'],
  }),
  assertGoals: setting({
    flag: '--assert',
    description: 'exit with 1 where a goal is missed',
    schema: toggle,
    commands: ['bench'],
  }),
};
