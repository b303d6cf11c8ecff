// What an alert threshold would do: the one that keeps a precision, the one that keeps a rate of alerts, any given one.
import { alertsOf, cutsOf, precisionOf, type Cut } from './cuts.ts';
import { wilsonInterval, type Interval } from './interval.ts';
import type { RankedScores } from './labelled-scores.ts';

export interface OperatingPoint {
  /** Undefined where no threshold does it: then there are no alerts at all. */
  readonly threshold: number | undefined;
  readonly alerts: number;
  readonly recall: number;
  readonly recallInterval: Interval | undefined;
  /** Undefined without an alert. */
  readonly precision: number | undefined;
}

const NO_ALERTS: Cut = { threshold: Infinity, truePositives: 0, falsePositives: 0 };

/** The most frauds that any threshold finds whose alerts are right at least that often. */
export function pointAtPrecision(ranked: RankedScores, precisionMin: number): OperatingPoint {
  let best = NO_ALERTS;
  for (const cut of cutsOf(ranked)) {
    if (precisionOf(cut) >= precisionMin && cut.truePositives > best.truePositives) best = cut;
  }
  return pointOf(best, ranked.frauds);
}

/** The most frauds that are found by alerting on at most that share, 0..1, of the transactions. */
export function pointAtAlertRate(ranked: RankedScores, rateMax: number): OperatingPoint {
  let best = NO_ALERTS;
  for (const cut of cutsOf(ranked)) {
    if (alertsOf(cut) > rateMax * ranked.scores.length) break;
    best = cut;
  }
  return pointOf(best, ranked.frauds);
}

function pointOf(cut: Cut, frauds: number): OperatingPoint {
  const alerts = alertsOf(cut);
  return {
    threshold: alerts === 0 ? undefined : cut.threshold,
    alerts,
    recall: frauds === 0 ? 0 : cut.truePositives / frauds,
    recallInterval: wilsonInterval(cut.truePositives, frauds),
    precision: alerts === 0 ? undefined : precisionOf(cut),
  };
}
