// start:stop:step, made to fit a length as Python does.
import { ScriptError } from '../script.ts';

export interface SliceSpec {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** The first index, the one before which to end, and the step. */
export function sliceBounds(
  { start, stop, step }: SliceSpec,
  length: number,
): [start: number, stop: number, step: number] {
  const by = step ?? 1;
  if (by === 0) throw new ScriptError('slice step cannot be zero');
  const [low, high] = by > 0 ? [0, length] : [-1, length - 1];
  const place = (bound: number | null, fallback: number): number => {
    if (bound === null) return fallback;
    return Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
  };
  return by > 0 ? [place(start, 0), place(stop, length), by] : [place(start, length - 1), place(stop, -1), by];
}
