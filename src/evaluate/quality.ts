// How well scores tell frauds from genuine transactions: every figure that labels allow, of one set of ranked scores.
import { averagePrecision, type AveragePrecision } from './average-precision.ts';
import { calibrationOf, type Calibration } from './calibration.ts';
import { confusionAt, type Confusion } from './confusion.ts';
import type { RankedScores } from './labelled-scores.ts';
import { pointAtAlertRate, pointAtPrecision, type OperatingPoint } from './operating-point.ts';
import { rocAuc, type RocAuc } from './roc.ts';

export interface Quality {
  readonly frauds: number;
  readonly genuine: number;
  readonly auc: RocAuc | undefined;
  readonly averagePrecision: AveragePrecision | undefined;
  readonly atPrecision: readonly (OperatingPoint & { readonly precisionMin: number })[];
  readonly atAlertRate: readonly (OperatingPoint & { readonly alertRateMax: number })[];
  readonly atThreshold: Confusion;
  readonly calibration: Calibration | undefined;
}

const PRECISIONS = [0.5, 0.8, 0.9];
const ALERT_RATES = [0.001, 0.002, 0.005, 0.01];

export function qualityOf(ranked: RankedScores, threshold: number): Quality {
  return {
    frauds: ranked.frauds,
    genuine: ranked.scores.length - ranked.frauds,
    auc: rocAuc(ranked),
    averagePrecision: averagePrecision(ranked),
    atPrecision: PRECISIONS.map((precisionMin) => ({ precisionMin, ...pointAtPrecision(ranked, precisionMin) })),
    atAlertRate: ALERT_RATES.map((alertRateMax) => ({ alertRateMax, ...pointAtAlertRate(ranked, alertRateMax) })),
    atThreshold: confusionAt(ranked, threshold),
    calibration: calibrationOf(ranked),
  };
}
