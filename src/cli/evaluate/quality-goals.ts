// What --fail-under asks for: names of figures with the least that each must reach.
import { closestWord } from '../../config/closest-word.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { RankedScores } from '../../evaluate/labelled-scores.ts';
import { pointAtAlertRate, pointAtPrecision } from '../../evaluate/operating-point.ts';
import type { Quality } from '../../evaluate/quality.ts';

export interface QualityGoal {
  /** As given: `auc`, `recall@0.8`. */
  readonly name: string;
  readonly least: number;
  /** The figure itself; undefined where the labels do not allow one. */
  readonly measure: (quality: Quality, ranked: RankedScores) => number | undefined;
}

/** Figures of which more is better. */
const FIGURES: Readonly<Record<string, QualityGoal['measure']>> = {
  auc: ({ auc }) => auc?.value,
  ap: (quality) => quality.averagePrecision?.value,
  precision: ({ atThreshold }) => atThreshold.precision,
  recall: ({ atThreshold }) => atThreshold.recall,
  f1: ({ atThreshold }) => atThreshold.f1,
};

/** Figures with a number behind an @, from 0 to 1. */
const FIGURES_AT: Readonly<Record<string, (at: number) => QualityGoal['measure']>> = {
  recall: (precision) => (_, ranked) => recallOf(ranked, pointAtPrecision(ranked, precision)),
  'recall-at-alert-rate': (rate) => (_, ranked) => recallOf(ranked, pointAtAlertRate(ranked, rate)),
};

const NAMES = Object.keys(FIGURES);
const NAMES_AT = Object.keys(FIGURES_AT).map((name) => `${name}@`);
const NUMBER = /^(?:0|1|0?\.\d{1,15}|[01]\.\d{1,15})$/;

/** @throws FraudstreamError GOAL_UNKNOWN, with the closest name, or GOAL_INVALID */
export function parseQualityGoals(items: readonly string[]): readonly QualityGoal[] {
  return items.map((item) => {
    const [name = '', bound, ...more] = item.split('=').map((part) => part.trim());
    const least = share(bound);
    if (least === undefined || more.length > 0) throw invalid(item);
    return { name, least, measure: measureOf(name, item) };
  });
}

/** The goals that were missed, as lines for a person. */
export function missedGoals(goals: readonly QualityGoal[], quality: Quality, ranked: RankedScores): readonly string[] {
  return goals.flatMap(({ name, least, measure }) => {
    const value = measure(quality, ranked);
    if (value === undefined) return [`${name}: not to be had from these labels, ${least} was asked for`];
    return value >= least ? [] : [`${name} is ${value.toFixed(4)}, below ${least}`];
  });
}

function measureOf(name: string, item: string): QualityGoal['measure'] {
  const [word = '', at] = name.split('@');
  if (at === undefined) {
    const figure = own(FIGURES, name);
    if (figure === undefined) throw unknown(name, NAMES);
    return figure;
  }
  const figureAt = own(FIGURES_AT, word);
  if (figureAt === undefined) throw unknown(`${word}@`, NAMES_AT);
  const place = share(at);
  if (place === undefined) throw invalid(item);
  return figureAt(place);
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

const share = (text: string | undefined): number | undefined =>
  text !== undefined && NUMBER.test(text) && Number(text) <= 1 ? Number(text) : undefined;

const recallOf = ({ frauds }: RankedScores, { recall }: { recall: number }): number | undefined =>
  frauds === 0 ? undefined : recall;

function unknown(name: string, alike: readonly string[]): FraudstreamError {
  const closest = closestWord(name, alike);
  const hint = closest === undefined ? `one of: ${[...NAMES, ...NAMES_AT].join(', ')}` : `did you mean '${closest}'?`;
  return new FraudstreamError('GOAL_UNKNOWN', `--fail-under: '${name}' is no figure of an evaluation; ${hint}`, {
    next: 'name figures like auc=0.97,ap=0.75,recall@0.8=0.7 (recall where 0.8 of the alerts are right)',
    exitCode: EXIT.usage,
  });
}

function invalid(item: string): FraudstreamError {
  return new FraudstreamError('GOAL_INVALID', `--fail-under: '${item}' is not a figure and a number from 0 to 1`, {
    next: 'write figures like auc=0.97,ap=0.75,recall@0.8=0.7',
    exitCode: EXIT.usage,
  });
}
