// All measurements of an engine, in rounds: each round takes every load once, so that a noisy minute hits all of them alike
// and the ratios survive it.
import { FraudstreamError } from '../core/errors.ts';
import type { EngineAddress } from '../stream/engine/engine-address.ts';
import {
  DAG_ALONE,
  DAG_PIPELINED,
  ENGINE_LOADS,
  MODEL_PIPELINED,
  SET_PIPELINED,
  type EngineLoad,
} from './engine-loads.ts';
import type { EngineStage } from './engine-stage.ts';
import { atLeast, atMost, spreads, type Goal, type Spreads } from './goals.ts';
import { measureHeavy, type HeavyFigures } from './measure-heavy.ts';
import { measureLoad, type LoadFigures } from './measure-load.ts';
import { measureMemory, type MemoryFigures } from './measure-memory.ts';
import { spreadOf, type Spread } from './spread.ts';

export interface EngineBenchOptions {
  readonly address: EngineAddress;
  readonly seconds: number;
  readonly runs: number;
  /** For the measurement of memory; 0 leaves it out. */
  readonly dags: number;
  readonly signal: AbortSignal;
  readonly progress: (words: string) => void;
}

export interface EngineBenchReport {
  readonly runs: number;
  readonly seconds: number;
  readonly loads: readonly (Spreads<LoadFigures> & { readonly name: string })[];
  readonly heavy: Spreads<HeavyFigures>;
  readonly memory: MemoryFigures | undefined;
  /** How many times as long a DAG takes as a SET of as many bytes, run by run. */
  readonly dagPerSet: Spread;
  readonly goals: readonly Goal[];
}

interface Round {
  readonly loads: ReadonlyMap<EngineLoad, LoadFigures>;
  readonly heavy: HeavyFigures;
}

export async function benchEngine(stage: EngineStage, options: EngineBenchOptions): Promise<EngineBenchReport> {
  options.progress('warming up');
  await measureRound(stage, options, Math.min(options.seconds, 0.3));
  const rounds: Round[] = [];
  for (let run = 1; run <= options.runs; run += 1) {
    options.progress(`run ${run} of ${options.runs}`);
    rounds.push(await measureRound(stage, options, options.seconds));
  }
  if (options.dags > 0) options.progress(`memory over ${options.dags} DAGs`);
  const memory = options.dags > 0 ? await measureMemory(stage, options.address, options.dags) : undefined;
  return reportOf(rounds, memory, options);
}

async function measureRound(
  stage: EngineStage,
  { address, signal }: EngineBenchOptions,
  seconds: number,
): Promise<Round> {
  const loads = new Map<EngineLoad, LoadFigures>();
  for (const load of ENGINE_LOADS) {
    if (signal.aborted) throw new FraudstreamError('BENCH_INTERRUPTED', 'the bench was interrupted');
    loads.set(load, await measureLoad(load, stage, address, seconds));
  }
  return { loads, heavy: await measureHeavy(stage) };
}

function reportOf(
  rounds: readonly Round[],
  memory: MemoryFigures | undefined,
  { runs, seconds }: EngineBenchOptions,
): EngineBenchReport {
  const figuresOf = (load: EngineLoad): LoadFigures[] => rounds.map(({ loads }) => loads.get(load)!);
  const heavy = spreads(rounds.map((round) => round.heavy));
  const dagPerSet = spreadOf(
    rounds.map(({ loads }) => loads.get(SET_PIPELINED)!.perSecond / loads.get(DAG_PIPELINED)!.perSecond),
  );
  const median = (load: EngineLoad, name: keyof LoadFigures): number => spreads(figuresOf(load))[name].median;
  return {
    runs,
    seconds,
    loads: ENGINE_LOADS.map((load) => ({ name: load.name, ...spreads(figuresOf(load)) })),
    heavy,
    memory,
    dagPerSet,
    goals: [
      atLeast('DAGs a second, 128 in flight', median(DAG_PIPELINED, 'perSecond'), 30_000),
      atLeast('DAGs a second, 1 in flight', median(DAG_ALONE, 'perSecond'), 7_000),
      atMost('median ms of a DAG by itself', median(DAG_ALONE, 'p50Ms'), 0.15),
      atLeast('AI.MODELEXECUTE a second', median(MODEL_PIPELINED, 'perSecond'), 40_000),
      atMost('a DAG in SETs of as many bytes', dagPerSet.median, 5),
      atLeast('two devices against one, heavy models', heavy.ratio.median, 1.6),
    ],
  };
}
