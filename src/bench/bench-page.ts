// What the pages of all benches have in common: on what machine, goals first, one chart of bars for each figure.
import { barChart } from '../report/bar-chart.ts';
import { figureTable } from '../report/figure-table.ts';
import { escaped } from '../report/markup.ts';
import { page, tile, wideCard } from '../report/page.ts';
import { goalLine, goalText, whole, type Goal } from './goals.ts';
import type { Spread } from './spread.ts';

export interface BenchPage {
  /** The word behind `bench`. */
  readonly bench: string;
  readonly title: string;
  /** As describeMachine says it. */
  readonly machine: string;
  /** How much was measured: terms and their values. */
  readonly facts: readonly (readonly [term: string, value: string])[];
  readonly goals: readonly Goal[];
  readonly cards: readonly string[];
}

export function benchPage({ bench, title, machine, facts, goals, cards }: BenchPage): string {
  return page({
    product: `fraudstream bench ${bench}`,
    title,
    facts: [['Machine', machine], ...facts],
    missed: goals.filter(({ met }) => !met).map((goal) => goalLine(goal).replace(/^missed +/, '')),
    tiles: goals.map((goal) => tile(escaped(goal.name), goalText(goal), `goal ${goal.wanted}`)),
    cards,
  });
}

interface Named {
  readonly name: string;
}

/** Bars of one figure of every load; those in `marked` stand out. */
export function figureBars<Load extends Named>(
  name: string,
  loads: readonly Load[],
  figure: (load: Load) => Spread,
  text: (value: number) => string,
  marked: readonly string[] = [],
): string {
  const bars = loads.map((load) => ({ name: load.name, ...figure(load), isMarked: marked.includes(load.name) }));
  const key = marked.length === 0 ? '' : '<i class="key fraud"></i> what goals speak of. ';
  return wideCard(
    name,
    barChart({ description: name, bars, text }),
    `${key}Whiskers: the least and the most of all runs.`,
  );
}

/** Each cell the median, with the least and the most below it. */
export function spreadTable<Load extends Named>(
  name: string,
  loads: readonly Load[],
  columns: Readonly<Record<string, (load: Load) => string>>,
): string {
  const rows = loads.map((load): [string, ...string[]] => [
    escaped(load.name),
    ...Object.values(columns).map((cell) => withRangeBelow(cell(load))),
  ]);
  return wideCard(name, figureTable(['', ...Object.keys(columns)], rows));
}

/** `5 [3 – 8]`: side by side the ranges of four figures are wider than a page. */
const withRangeBelow = (cell: string): string => cell.replace(/ (\[.*\])$/, ' <small>$1</small>');

export const wholeRange = ({ median, min, max }: Spread): string => `${whole(median)} [${whole(min)} – ${whole(max)}]`;
