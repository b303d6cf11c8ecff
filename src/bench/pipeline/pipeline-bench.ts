// All measurements of the pipeline, in rounds: each round takes every load once, so that a noisy minute hits all of them alike
// and the ratios survive it.
import { atLeast, atMost, spreads, type Goal, type Spreads } from '../goals.ts';
import { spreadOf, type Spread } from '../spread.ts';
import type { PipelineFigures } from './commit-clock.ts';
import { measurePipeline } from './measure-pipeline.ts';
import {
  AT_LEAST_ONCE,
  CEILING,
  EXACTLY_ONCE,
  LIVE_HISTORY,
  ONE_AT_A_TIME,
  PIPELINE_LOADS,
  type PipelineLoad,
} from './pipeline-load.ts';
import type { PipelineStage } from './pipeline-stage.ts';

export interface PipelineBenchOptions {
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly progress: (words: string) => void;
}

export interface PipelineBenchReport {
  readonly runs: number;
  readonly rows: number;
  readonly loads: readonly (Spreads<PipelineFigures> & { readonly name: string })[];
  /** Of rates, round by round: exactly once against kafkajs alone, and against one transaction at a time. */
  readonly perCeiling: Spread;
  readonly perOneAtATime: Spread;
  /** Exactly once with live history against the same without. */
  readonly withLiveHistory: Spread;
  readonly goals: readonly Goal[];
}

type Round = ReadonlyMap<PipelineLoad, PipelineFigures>;

export async function benchPipeline(
  stage: PipelineStage,
  { runs, signal, progress }: PipelineBenchOptions,
): Promise<PipelineBenchReport> {
  const rounds: Round[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const round = new Map<PipelineLoad, PipelineFigures>();
    for (const load of PIPELINE_LOADS) {
      progress(`run ${run} of ${runs}: ${load.name}`);
      round.set(load, await measurePipeline(stage, load, signal));
    }
    rounds.push(round);
  }
  return reportOf(rounds, stage.rows);
}

function reportOf(rounds: readonly Round[], rows: number): PipelineBenchReport {
  const figuresOf = (load: PipelineLoad): Spreads<PipelineFigures> => spreads(rounds.map((round) => round.get(load)!));
  const rateIn = (round: Round, load: PipelineLoad): number => round.get(load)!.perSecond;
  const ratio = (load: PipelineLoad, other: PipelineLoad): Spread =>
    spreadOf(rounds.map((round) => rateIn(round, load) / rateIn(round, other)));
  const [perCeiling, perOneAtATime] = [ratio(EXACTLY_ONCE, CEILING), ratio(EXACTLY_ONCE, ONE_AT_A_TIME)];
  return {
    runs: rounds.length,
    rows,
    loads: PIPELINE_LOADS.map((load) => ({ name: load.name, ...figuresOf(load) })),
    perCeiling,
    perOneAtATime,
    withLiveHistory: ratio(LIVE_HISTORY, EXACTLY_ONCE),
    goals: [
      atLeast('transactions a second, exactly once', figuresOf(EXACTLY_ONCE).perSecond.median, 25_000),
      atLeast('transactions a second, at least once', figuresOf(AT_LEAST_ONCE).perSecond.median, 30_000),
      atMost('consumer CPU seconds a million, exactly once', figuresOf(EXACTLY_ONCE).workerCpu.median, 35),
      atLeast('of kafkajs alone', perCeiling.median, 0.55),
      atLeast('times one transaction at a time', perOneAtATime.median, 12),
    ],
  };
}
