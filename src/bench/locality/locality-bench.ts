// The claim that scoring belongs beside the data, put to the test: the same scores both ways, then both ways timed, in rounds.
import { FraudstreamError } from '../../core/errors.ts';
import { spreads, type Goal, type Spreads } from '../goals.ts';
import { spreadOf, type Spread } from '../spread.ts';
import { ClientModel } from './client-model.ts';
import { loadName, LOCALITY_LOADS, REFERENCE_COUNTS, WAYS, type LocalityLoad, type Way } from './locality-load.ts';
import type { LocalityStage } from './locality-stage.ts';
import { measureLocality, type LocalityFigures } from './measure-locality.ts';
import { waysTo, type ScoreAll } from './ways.ts';

export interface LocalityBenchOptions {
  readonly runs: number;
  /** Of each load by each way. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly progress: (words: string) => void;
}

export interface LocalityLoadReport extends LocalityLoad, Readonly<Record<Way, Spreads<LocalityFigures>>> {
  readonly name: string;
  /** Transactions a second beside the data against those in the client, run by run: above 1 the DAG wins. */
  readonly ratio: Spread;
}

export interface LocalityBenchReport {
  readonly runs: number;
  readonly seconds: number;
  /** Of the scores of both ways, the widest apart. */
  readonly differenceMax: number;
  readonly loads: readonly LocalityLoadReport[];
  /** None: what wins depends on the distance, and the bench says where. */
  readonly goals: readonly Goal[];
}

/** Two runtimes add in another order; a threshold would not notice. */
const DIFFERENCE_MAX = 1e-5;

type Ways = Readonly<Record<Way, ScoreAll>>;
type Round = ReadonlyMap<LocalityLoad, Readonly<Record<Way, LocalityFigures>>>;

export async function benchLocality(stage: LocalityStage, options: LocalityBenchOptions): Promise<LocalityBenchReport> {
  const ways = waysTo(stage.parts.tag, await ClientModel.load(stage.parts.model));
  const differenceMax = await compareScores(stage, ways);
  const rounds: Round[] = [];
  for (let run = 1; run <= options.runs; run += 1) {
    options.progress(`run ${run} of ${options.runs}`);
    rounds.push(await measureRound(stage, ways, options));
  }
  const { seconds } = options;
  return { runs: rounds.length, seconds, differenceMax, loads: LOCALITY_LOADS.map(reportOf(rounds)), goals: [] };
}

/** @throws FraudstreamError BENCH_SCORES_DIFFER */
async function compareScores(stage: LocalityStage, ways: Ways): Promise<number> {
  const { transactions } = stage.parts;
  let widest = 0;
  for (const references of REFERENCE_COUNTS) {
    const client = await ways.client(stage.at(0), transactions, references);
    const dag = await ways.dag(stage.at(0), transactions, references);
    client.forEach((score, index) => (widest = Math.max(widest, Math.abs(score - dag[index]!))));
  }
  if (widest <= DIFFERENCE_MAX) return widest;
  throw new FraudstreamError('BENCH_SCORES_DIFFER', `client and engine give scores that lie ${widest} apart`, {
    next: 'the times of two different things mean nothing: see which of both is wrong',
  });
}

async function measureRound(stage: LocalityStage, ways: Ways, options: LocalityBenchOptions): Promise<Round> {
  const round = new Map<LocalityLoad, Readonly<Record<Way, LocalityFigures>>>();
  for (const load of LOCALITY_LOADS) {
    const figures: Partial<Record<Way, LocalityFigures>> = {};
    for (const way of WAYS) {
      if (options.signal.aborted) throw new FraudstreamError('BENCH_INTERRUPTED', 'the bench was interrupted');
      figures[way] = await measureLocality(stage, load, ways[way], options.seconds);
    }
    round.set(load, figures as Record<Way, LocalityFigures>);
  }
  return round;
}

const reportOf =
  (rounds: readonly Round[]) =>
  (load: LocalityLoad): LocalityLoadReport => {
    const figures = rounds.map((round) => round.get(load)!);
    return {
      ...load,
      name: loadName(load),
      client: spreads(figures.map(({ client }) => client)),
      dag: spreads(figures.map(({ dag }) => dag)),
      ratio: spreadOf(figures.map(({ dag, client }) => dag.perSecond / client.perSecond)),
    };
  };
