// Axes as callers give them: negative ones count from the end.
import { KernelError } from './kernel-error.ts';

export function axisOf(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(positive) || positive < 0 || positive >= rank) {
    throw new KernelError(`axis ${axis} is out of range for a tensor of ${rank} dimensions`);
  }
  return positive;
}

/** The shape around an axis: outer × dim × inner elements. */
export interface AxisSplit {
  readonly outer: number;
  readonly dim: number;
  readonly inner: number;
}

export function splitAt(shape: readonly number[], axis: number): AxisSplit {
  let outer = 1;
  let inner = 1;
  for (let i = 0; i < axis; i += 1) outer *= shape[i]!;
  for (let i = axis + 1; i < shape.length; i += 1) inner *= shape[i]!;
  return { outer, dim: shape[axis]!, inner };
}
