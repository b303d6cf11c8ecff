// How far a figure may be off by chance: 95 % intervals that cost nothing to compute.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/** Wilson's interval of a share: right for small counts and for shares near 0 and 1. Undefined for no trials. */
export function wilsonInterval(hits: number, trials: number): Interval | undefined {
  if (trials === 0) return undefined;
  const share = hits / trials;
  const spread = 1 + (Z * Z) / trials;
  const centre = (share + (Z * Z) / (2 * trials)) / spread;
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials))) / spread;
  return clipped(centre - half, centre + half);
}

/** A figure between 0 and 1 with its standard error, under a normal distribution. */
export const normalInterval = (value: number, error: number): Interval => clipped(value - Z * error, value + Z * error);

/** Nearer to 0 or 1 than this a value is 0 or 1, but for the rounding of sums. */
const ROUNDING = 1e-9;

/**
 * The interval of an average precision by its logit (Boyd, Eng and Page 2013), which rests on the number of frauds. Undefined
 * at 0 and 1, where there is no logit: an average precision of 1 may be chance, and this does not tell how much.
 */
export function averagePrecisionInterval(value: number, frauds: number): Interval | undefined {
  if (value < ROUNDING || value > 1 - ROUNDING) return undefined;
  const logit = Math.log(value / (1 - value));
  const half = Z / Math.sqrt(frauds * value * (1 - value));
  return { low: sigmoid(logit - half), high: sigmoid(logit + half) };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const clipped = (low: number, high: number): Interval => ({ low: Math.max(0, low), high: Math.min(1, high) });
