// All measurements of latency, in rounds: each finds what the pipeline can do at most, then takes shares of that.
import { atMost, spreads, type Goal, type Spreads } from '../goals.ts';
import { measurePipeline } from '../pipeline/measure-pipeline.ts';
import type { PipelineStage } from '../pipeline/pipeline-stage.ts';
import { spreadOf, type Spread } from '../spread.ts';
import {
  AT_LEAST_ONCE_HALF,
  DELIVERIES,
  EXACTLY_ONCE_HALF,
  FULL_LOADS,
  LATENCY_LOADS,
  type Delivery,
  type LatencyLoad,
} from './latency-load.ts';
import type { LatencyStage } from './latency-stage.ts';
import { measureLatency, type LatencyFigures } from './measure-latency.ts';

export interface LatencyBenchOptions {
  readonly runs: number;
  /** Of each load. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly progress: (words: string) => void;
}

export interface LatencyBenchReport {
  readonly runs: number;
  readonly seconds: number;
  readonly maxima: readonly (Maximum<Spread> & { readonly delivery: Delivery })[];
  readonly loads: readonly (Spreads<LatencyFigures> & { readonly name: string })[];
  readonly goals: readonly Goal[];
}

/** Transactions a second. */
interface Maximum<Figure> {
  /** From a topic that is full already, nobody sending and nobody reading the scores. */
  readonly fullTopic: Figure;
  /** With sender and reader beside it, offered as much as that: what the loads are shares of. */
  readonly endToEnd: Figure;
}

/** Before anything counts, in lengths of a load: a broker that was just started compiles itself, for half a minute under load. */
const WARM_UP = { perSecond: 10_000, loads: 3 };

interface Round {
  readonly maxima: ReadonlyMap<Delivery, Maximum<number>>;
  readonly loads: ReadonlyMap<LatencyLoad, LatencyFigures>;
}

export async function benchLatency(
  full: PipelineStage,
  stage: LatencyStage,
  options: LatencyBenchOptions,
): Promise<LatencyBenchReport> {
  const rounds: Round[] = [];
  options.progress('warming the broker up');
  const pace = { perSecond: WARM_UP.perSecond, seconds: WARM_UP.loads * options.seconds };
  await measureLatency(stage, 'exactly-once', pace, options.signal);
  for (let run = 1; run <= options.runs; run += 1) {
    const tell = (words: string): void => options.progress(`run ${run} of ${options.runs}: ${words}`);
    rounds.push(await measureRound(full, stage, options, tell));
  }
  return reportOf(rounds, options.seconds);
}

async function measureRound(
  full: PipelineStage,
  stage: LatencyStage,
  { seconds, signal }: LatencyBenchOptions,
  tell: (words: string) => void,
): Promise<Round> {
  const maxima = new Map<Delivery, Maximum<number>>();
  for (const delivery of DELIVERIES) {
    tell(`${delivery}, the maximum`);
    const fullTopic = (await measurePipeline(full, FULL_LOADS[delivery], signal)).perSecond;
    const offered = await measureLatency(stage, delivery, { perSecond: Math.round(fullTopic), seconds }, signal);
    maxima.set(delivery, { fullTopic, endToEnd: offered.scoredPerSecond });
  }
  const loads = new Map<LatencyLoad, LatencyFigures>();
  for (const load of LATENCY_LOADS) {
    const perSecond = Math.max(1, Math.round(load.share * maxima.get(load.delivery)!.endToEnd));
    tell(`${load.name}, ${perSecond} a second`);
    loads.set(load, await measureLatency(stage, load.delivery, { perSecond, seconds }, signal));
  }
  return { maxima, loads };
}

function reportOf(rounds: readonly Round[], seconds: number): LatencyBenchReport {
  const figuresOf = (load: LatencyLoad): Spreads<LatencyFigures> =>
    spreads(rounds.map(({ loads }) => loads.get(load)!));
  const maximumOf = (delivery: Delivery, name: keyof Maximum<number>): Spread =>
    spreadOf(rounds.map(({ maxima }) => maxima.get(delivery)![name]));
  return {
    runs: rounds.length,
    seconds,
    maxima: DELIVERIES.map((delivery) => ({
      delivery,
      fullTopic: maximumOf(delivery, 'fullTopic'),
      endToEnd: maximumOf(delivery, 'endToEnd'),
    })),
    loads: LATENCY_LOADS.map((load) => ({ name: load.name, ...figuresOf(load) })),
    goals: [
      atMost('p50 ms, exactly once at half load', figuresOf(EXACTLY_ONCE_HALF).p50Ms.median, 15),
      atMost('p99 ms, exactly once at half load', figuresOf(EXACTLY_ONCE_HALF).p99Ms.median, 60),
      atMost('p99 ms, at least once at half load', figuresOf(AT_LEAST_ONCE_HALF).p99Ms.median, 20),
    ],
  };
}
