// One column of the synthesizer: its values by normal score, so that correlated normal draws become values of the column.
import type { ClassStatistics } from './ulb-statistics.ts';
import { AMOUNT_BIN, QUANTILE_SHARES } from './ulb-statistics.ts';

/** The normal score given to the smallest and the largest value: one row in 75,000 lies further out. */
const SCORE_MAX = 4.2;

/** A rising curve through points (score, value), straight between them. Two points of one value make it likelier than its neighbours. */
export class Marginal {
  readonly #scores: readonly number[];
  readonly #values: readonly number[];

  constructor(points: readonly (readonly [score: number, value: number])[]) {
    this.#scores = points.map(([score]) => score);
    this.#values = points.map(([, value]) => value);
  }

  valueOf(score: number): number {
    return interpolate(this.#scores, this.#values, score);
  }

  scoreOf(value: number): number {
    return interpolate(this.#values, this.#scores, value);
  }
}

function interpolate(from: readonly number[], to: readonly number[], x: number): number {
  let low = 0;
  let high = from.length - 1;
  if (x <= from[low]!) return to[low]!;
  if (x >= from[high]!) return to[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= x) low = middle;
    else high = middle;
  }
  return to[low]! + ((x - from[low]!) / (from[high]! - from[low]!)) * (to[high]! - to[low]!);
}

export function quantileMarginal(quantiles: readonly number[]): Marginal {
  return new Marginal(quantiles.map((value, index) => [normalScore(QUANTILE_SHARES[index]!), value]));
}

/** ln(1 + Amount): the histogram, less the amounts that many rows have exactly, which stand as steps in it. */
export function logAmountMarginal({ amountHistogram, amountsExact }: ClassStatistics): Marginal {
  const steps = amountsExact.map(([amount, share]) => ({ value: Math.log1p(amount), share }));
  const points: [number, number][] = [];
  let share = 0;
  amountHistogram.forEach((binShare, bin) => {
    const [start, end] = [bin * AMOUNT_BIN, (bin + 1) * AMOUNT_BIN];
    const inside = steps.filter(({ value }) => value >= start && value < end);
    const spread = Math.max(0, binShare - inside.reduce((sum, step) => sum + step.share, 0));
    let value = start;
    points.push([share, value]);
    for (const step of inside) {
      share += (spread * (step.value - value)) / AMOUNT_BIN;
      value = step.value;
      points.push([share, value], [(share += step.share), value]);
    }
    share += (spread * (end - value)) / AMOUNT_BIN;
    points.push([share, end]);
  });
  return new Marginal(points.map(([below, value]) => [normalScore(below / share), value]));
}

// Rational approximation of the normal quantile function by P. J. Acklam, relative error below 1.2e-9.
const CENTRE_OVER = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const CENTRE_UNDER = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const TAIL_OVER = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_UNDER = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const TAIL_SHARE = 0.02425;

/** The normal score below which that share of a normal distribution lies, kept within ±SCORE_MAX. */
export function normalScore(share: number): number {
  if (share > 0.5) return -normalScore(1 - share);
  if (share <= 0) return -SCORE_MAX;
  if (share >= TAIL_SHARE) {
    const x = share - 0.5;
    return (x * polynomial(CENTRE_OVER, x * x)) / polynomial(CENTRE_UNDER, x * x);
  }
  const x = Math.sqrt(-2 * Math.log(share));
  return Math.max(-SCORE_MAX, polynomial(TAIL_OVER, x) / polynomial(TAIL_UNDER, x));
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
