// All measurements of scale, in rounds: each round takes every load once, so that a noisy minute hits all of them alike.
import { spreads, type Goal, type Spreads } from '../goals.ts';
import type { PipelineFigures } from '../pipeline/commit-clock.ts';
import { measureScale } from './measure-scale.ts';
import type { ScaleLoad } from './scale-load.ts';
import type { ScaleStage } from './scale-stage.ts';

export interface ScaleBenchOptions {
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly progress: (words: string) => void;
}

export interface ScaleBenchReport {
  readonly runs: number;
  readonly rows: number;
  /** The worker is all consumers, the engine all engines. */
  readonly loads: readonly (Spreads<PipelineFigures> & { readonly name: string })[];
  /** None: what more processes bring is for the machine's cores to say. */
  readonly goals: readonly Goal[];
}

export async function benchScale(
  stage: ScaleStage,
  loads: readonly ScaleLoad[],
  { runs, signal, progress }: ScaleBenchOptions,
): Promise<ScaleBenchReport> {
  const figures = loads.map((): PipelineFigures[] => []);
  for (let run = 1; run <= runs; run += 1) {
    for (const [index, load] of loads.entries()) {
      progress(`run ${run} of ${runs}: ${load.name}`);
      figures[index]!.push(await measureScale(stage, load, signal));
    }
  }
  return {
    runs,
    rows: stage.parts.rows,
    loads: loads.map(({ name }, index) => ({ name, ...spreads(figures[index]!) })),
    goals: [],
  };
}
