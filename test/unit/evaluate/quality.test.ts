// The figures against those of scikit-learn 1.x (and a DeLong written with scipy) on the same scores, ties included.
import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../../src/evaluate/calibration.ts';
import { confusionAt } from '../../../src/evaluate/confusion.ts';
import { precisionRecallCurve, rocCurve } from '../../../src/evaluate/curves.ts';
import { cutsOf } from '../../../src/evaluate/cuts.ts';
import { averagePrecisionInterval } from '../../../src/evaluate/interval.ts';
import { LabelledScores, type RankedScores } from '../../../src/evaluate/labelled-scores.ts';
import { averagePrecision } from '../../../src/evaluate/average-precision.ts';
import { pointAtAlertRate, pointAtPrecision } from '../../../src/evaluate/operating-point.ts';
import { rocAuc } from '../../../src/evaluate/roc.ts';

const SCORES = [
  0.1, 0.4, 0.35, 0.8, 0.8, 0.8, 0.2, 0.2, 0.95, 0.6, 0.6, 0.05, 0.5, 0.99, 0.3, 0.7, 0.0, 1.0, 0.6, 0.15,
];
const LABELS = [0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0];

function rank(scores: readonly number[], labels: readonly number[], capacity?: number): RankedScores {
  const held = new LabelledScores(capacity);
  scores.forEach((score, index) => held.add(score, labels[index] === 1));
  return held.ranked();
}

const small = rank(SCORES, LABELS);

/** 5,000 scores, half of them rounded to two digits, 106 frauds; the same generator made them for scikit-learn. */
function large(): RankedScores {
  let state = 1n;
  const draw = (): number => {
    state = (state * 1103515245n + 12345n) % 2147483648n;
    return Number(state) / 2147483648;
  };
  const [scores, labels]: [number[], number[]] = [[], []];
  for (let row = 0; row < 5000; row++) {
    const [a, b, c] = [draw(), draw(), draw()];
    const label = a < 0.02 ? 1 : 0;
    const score = label === 1 ? b ** 0.5 : b ** 6;
    scores.push(c < 0.5 ? Math.round(score * 100) / 100 : score);
    labels.push(label);
  }
  return rank(scores, labels);
}

describe('the quality of scores', () => {
  it('ROC-AUC and its standard error are those of scikit-learn and DeLong, ties counting half', () => {
    const auc = rocAuc(small)!;
    expect(auc.value).toBeCloseTo(0.90625, 12);
    expect(auc.interval!.low).toBeCloseTo(0.90625 - 1.959963984540054 * 0.06626468363508799, 10);
    expect(auc.interval!.high).toBe(1);
    const many = rocAuc(large())!;
    expect(many.value).toBeCloseTo(0.9225476324494375, 10);
    expect(many.interval!.high - many.value).toBeCloseTo(1.959963984540054 * 0.007765849181242223, 10);
  });

  it('average precision is that of scikit-learn', () => {
    expect(averagePrecision(small)!.value).toBeCloseTo(0.8548992673992674, 12);
    expect(averagePrecision(large())!.value).toBeCloseTo(0.16207667691217836, 10);
  });

  it('tells no interval of an average precision of 1, nor of one that is 1 but for rounding', () => {
    expect(averagePrecisionInterval(1 - 2 ** -53, 14)).toBeUndefined();
    expect(averagePrecisionInterval(0.999, 14)!.low).toBeLessThan(0.999);
  });

  it('the interval of an average precision of 0.8 on 75 frauds is about 0.09 wide to each side', () => {
    const scores = Array.from({ length: 100 }, (_, index) => 1 - index / 100);
    const { interval, value } = averagePrecision(
      rank(
        scores,
        scores.map((_, index) => (index % 4 === 3 ? 0 : 1)),
      ),
    )!;
    expect(interval!.low).toBeLessThan(value - 0.07);
    expect(interval!.high).toBeLessThan(value + 0.12);
    expect(interval!.high).toBeGreaterThan(value);
  });

  it('recall at a precision is the largest that any threshold reaches', () => {
    expect([0.5, 0.8, 0.9].map((precision) => pointAtPrecision(small, precision).recall)).toEqual([1, 0.75, 0.375]);
    const ranked = large();
    expect(pointAtPrecision(ranked, 0.1).recall).toBeCloseTo(0.8773584905660378, 12);
    expect(pointAtPrecision(ranked, 0.2).recall).toBeCloseTo(0.330188679245283, 12);
    expect(pointAtPrecision(ranked, 0.8)).toMatchObject({ recall: 0, alerts: 0, threshold: undefined });
  });

  it('recall at an alert rate never parts equal scores to use the rate up', () => {
    expect(pointAtAlertRate(small, 0.2)).toMatchObject({ alerts: 3, recall: 0.375, threshold: 0.95 });
    expect(pointAtAlertRate(small, 0.3)).toMatchObject({ alerts: 6, recall: 0.625, threshold: 0.8 });
  });

  it('a score equal to the threshold is an alert', () => {
    expect(confusionAt(small, 0.6)).toMatchObject({
      truePositives: 7,
      falsePositives: 3,
      falseNegatives: 1,
      trueNegatives: 9,
      precision: 0.7,
      recall: 0.875,
    });
    expect(confusionAt(small, 0.6).f1).toBeCloseTo(7 / 9, 12);
    const { low, high } = confusionAt(small, 0.6).recallInterval!;
    expect([low, high]).toEqual([expect.closeTo(0.5291118177871464, 12), expect.closeTo(0.9775825085499433, 12)]);
  });

  it('the Brier score is that of scikit-learn, and every score is in one reliability bin', () => {
    expect(calibrationOf(small)!.brier).toBeCloseTo(0.136505, 12);
    const { brier, bins } = calibrationOf(large())!;
    expect(brier).toBeCloseTo(0.08300498801951563, 10);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(5000);
    expect(bins.reduce((sum, bin) => sum + bin.frauds, 0)).toBe(106);
  });

  it('the cuts are the thresholds of roc_curve, highest first', () => {
    expect([...cutsOf(small)].map(({ threshold }) => threshold)).toEqual([
      1, 0.99, 0.95, 0.8, 0.7, 0.6, 0.5, 0.4, 0.35, 0.3, 0.2, 0.15, 0.1, 0.05, 0,
    ]);
  });

  it('has no AUC without both classes and no average precision without a fraud', () => {
    const genuineOnly = rank([0.1, 0.2], [0, 0]);
    expect(rocAuc(genuineOnly)).toBeUndefined();
    expect(averagePrecision(genuineOnly)).toBeUndefined();
    expect(rocCurve(genuineOnly)).toEqual([]);
    expect(precisionRecallCurve(genuineOnly)).toEqual([]);
    expect(confusionAt(rank([], []), 0.5)).toMatchObject({ precision: undefined, recall: undefined, f1: undefined });
    expect(calibrationOf(rank([], []))).toBeUndefined();
  });

  it('holds the newest scores and counts those that fell out', () => {
    const held = new LabelledScores(3);
    [0.1, 0.2, 0.3, 0.4].forEach((score) => held.add(score, score > 0.3));
    expect([held.count, held.forgotten]).toEqual([3, 1]);
    expect(held.ranked()).toMatchObject({ scores: new Float64Array([0.4, 0.3, 0.2]), frauds: 1 });
  });

  it('curves end where they must and stay small for many scores', () => {
    const many = large();
    expect(rocCurve(many).at(-1)).toMatchObject({ x: 1, y: 1 });
    expect(precisionRecallCurve(many).at(-1)).toMatchObject({ x: 1, y: 106 / 5000 });
    expect(rocCurve(many).length).toBeLessThan(900);
  });
});
