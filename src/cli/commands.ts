// The commands: what they are called, what they say of themselves, and the file that does the work, loaded when needed.
import type { CommandName } from '../config/setting.ts';
import type { CommandContext } from './command-context.ts';

/** Resolves with the exit code; nothing means 0. */
export type Run = (context: CommandContext) => Promise<number | undefined>;

export interface CommandEntry {
  readonly name: CommandName;
  readonly summary: string;
  /** Positional arguments as commander writes them, with their description. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly load: () => Promise<Run>;
}

const CSV = { '[csv]': 'transactions in the ULB schema, .gz too; - is standard input (default: the sample)' };

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'bring everything up, replay, score, and show what came out',
    arguments: CSV,
    load: async () => (await import('./demo/demo.ts')).runDemo,
  },
  {
    name: 'replay',
    summary: 'replay a CSV of card transactions onto a Kafka topic',
    arguments: CSV,
    load: async () => (await import('./replay.ts')).runReplay,
  },
  {
    name: 'consume',
    summary: 'score transactions as they come in, until told to stop',
    load: async () => (await import('./consume.ts')).runConsume,
  },
  {
    name: 'doctor',
    summary: 'see whether a consumer would run well, and what to mend; exit code 0: all well, 1: warnings, 2: errors',
    load: async () => (await import('./doctor/doctor.ts')).runDoctor,
  },
  {
    name: 'provision',
    summary: 'store reference transactions, script and models in the engine',
    arguments: CSV,
    load: async () => (await import('./provision.ts')).runProvision,
  },
  {
    name: 'scores',
    summary: 'show the scores topic',
    load: async () => (await import('./scores.ts')).runScores,
  },
  {
    name: 'evaluate',
    summary: 'how good the scores are, by the labels that they carry: a report, and a gate for CI',
    arguments: { '[file]': 'scores as JSON lines, - is standard input (default: the scores topic)' },
    load: async () => (await import('./evaluate/evaluate.ts')).runEvaluate,
  },
  {
    name: 'dlt',
    summary: 'work with dead letters: see what could not be scored and why, and put it back on the transactions topic',
    arguments: {
      '<what>': 'list, show or replay',
      '[position...]':
        'partition:offset on the dead letter topic; show wants one, replay takes some instead of filters',
    },
    load: async () => (await import('./dlt/dlt.ts')).runDlt,
  },
  {
    name: 'serve',
    summary: 'run the embedded engine, which answers as RedisAI does',
    load: async () => (await import('./serve.ts')).runServe,
  },
  {
    name: 'simulate',
    summary: 'score random transactions against an engine, one at a time, and show how long each took',
    load: async () => (await import('./simulate/simulate.ts')).runSimulate,
  },
  {
    name: 'config',
    summary: 'every setting as it is in force, and where it comes from; secrets are masked',
    arguments: { '[setting]': 'one setting, by its key, flag or variable: what it does and what it takes' },
    load: async () => (await import('./config.ts')).runConfig,
  },
  {
    name: 'synthesize',
    summary: 'make synthetic card transactions in the ULB schema',
    load: async () => (await import('./synthesize.ts')).runSynthesize,
  },
  {
    name: 'bench',
    summary:
      'measure how fast engine and pipeline are, and how long a score takes (what is not yours by address is started here)',
    arguments: { '<what>': 'engine, pipeline, latency, locality or scale' },
    load: async () => (await import('./bench/bench.ts')).runBench,
  },
  {
    name: 'plan',
    summary: 'what a rate takes in partitions, consumers, engines and brokers, and which latency comes with it',
    load: async () => (await import('./plan.ts')).runPlan,
  },
];
