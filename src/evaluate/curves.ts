// The ROC and the precision-recall curve as points to draw: as many as an eye can tell apart.
import { cutsOf, precisionOf } from './cuts.ts';
import type { RankedScores } from './labelled-scores.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly threshold: number;
}

/** Points closer together than this in both directions are left out. */
const STEP_MIN = 1 / 400;

/** False positive rate by recall, from (0, 0) to (1, 1); empty without both classes. */
export function rocCurve(ranked: RankedScores): readonly CurvePoint[] {
  const genuine = ranked.labels.length - ranked.frauds;
  if (ranked.frauds === 0 || genuine === 0) return [];
  const points = thinned(
    ranked,
    (cut) => cut.falsePositives / genuine,
    (cut) => cut.truePositives / ranked.frauds,
  );
  return [{ x: 0, y: 0, threshold: Infinity }, ...points];
}

/** Recall by precision; empty without a fraud. */
export function precisionRecallCurve(ranked: RankedScores): readonly CurvePoint[] {
  if (ranked.frauds === 0) return [];
  const points = thinned(ranked, (cut) => cut.truePositives / ranked.frauds, precisionOf);
  return [{ ...points[0]!, x: 0 }, ...points];
}

type Coordinate = (cut: Parameters<typeof precisionOf>[0]) => number;

function thinned(ranked: RankedScores, xOf: Coordinate, yOf: Coordinate): CurvePoint[] {
  const points: CurvePoint[] = [];
  let last: CurvePoint | undefined;
  for (const cut of cutsOf(ranked)) {
    last = { x: xOf(cut), y: yOf(cut), threshold: cut.threshold };
    const drawn = points.at(-1);
    if (drawn !== undefined && Math.abs(last.x - drawn.x) < STEP_MIN && Math.abs(last.y - drawn.y) < STEP_MIN) continue;
    points.push(last);
  }
  if (last !== undefined && points.at(-1) !== last) points.push(last);
  return points;
}
