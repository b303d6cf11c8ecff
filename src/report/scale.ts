// Values to places on an axis, and the ticks that go with them.
import type { Tick } from './plot.ts';

export interface Scale {
  /** Place on the axis, 0 to 1. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** Within a decade, where there are few decades. */
const STEPS = [1, 2, 5] as const;
const DECADES_WITH_STEPS_MAX = 2;

/** Logarithmic, from the least to the most of some values above 0, both with a little room. */
export function logScale(values: readonly number[], text: (value: number) => string): Scale {
  const [low, high] = [Math.log10(Math.min(...values)) - 0.08, Math.log10(Math.max(...values)) + 0.08];
  const at = (value: number): number => (Math.log10(value) - low) / (high - low);
  const steps = high - low <= DECADES_WITH_STEPS_MAX ? STEPS : [1];
  const marks = exponents(low, high).flatMap((exponent) => steps.map((step) => step * 10 ** exponent));
  const within = marks.filter((mark) => at(mark) >= 0 && at(mark) <= 1);
  return { at, ticks: within.map((mark) => ({ at: at(mark), text: text(mark) })) };
}

function exponents(low: number, high: number): number[] {
  const first = Math.floor(low);
  return Array.from({ length: Math.ceil(high) - first + 1 }, (_, index) => first + index);
}

/** One place for each value, evenly spaced, whatever the values: for those that were chosen, not measured. */
export function stepScale(values: readonly number[], text: (value: number) => string): Scale {
  const at = (value: number): number => (values.indexOf(value) + 0.5) / values.length;
  return { at, ticks: values.map((value) => ({ at: at(value), text: text(value) })) };
}
