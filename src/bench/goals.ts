// What a bench comes to: each figure over its runs, and whether it is what it should be.
import { spreadOf, type Spread } from './spread.ts';

export type Spreads<Figures> = { readonly [Name in keyof Figures]: Spread };

export interface Goal {
  readonly name: string;
  readonly measured: number;
  readonly wanted: string;
  readonly met: boolean;
}

/** Figure by figure. */
export function spreads<Figures extends { readonly [Name in keyof Figures]: number }>(
  each: readonly Figures[],
): Spreads<Figures> {
  const names = Object.keys(each[0]!) as (keyof Figures)[];
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(each.map((figures) => figures[name]))]),
  ) as unknown as Spreads<Figures>;
}

export function atLeast(name: string, measured: number, least: number): Goal {
  return { name, measured, wanted: `≥ ${least.toLocaleString('en')}`, met: measured >= least };
}

export function atMost(name: string, measured: number, most: number): Goal {
  return { name, measured, wanted: `≤ ${most}`, met: measured <= most };
}

export function goalLine(goal: Goal): string {
  return `${goal.met ? 'met   ' : 'missed'}  ${goal.name}: ${goalText(goal)} (goal ${goal.wanted})`;
}

/** What was measured, as short as it says enough. */
export const goalText = ({ measured }: Goal): string => (measured >= 1000 ? whole(measured) : measured.toFixed(2));

export const inRange = ({ median, min, max }: Spread, digits: number): string =>
  `${median.toFixed(digits)} [${min.toFixed(digits)} – ${max.toFixed(digits)}]`;

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
