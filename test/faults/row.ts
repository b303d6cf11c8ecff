// One row of the fault table: what is done to a running fraudstream, and what must come of it.
import type { Random } from '../../producers/random.ts';
import type { Rig } from './rig/rig.ts';

export interface RowOptions {
  readonly random: Random;
  readonly seed: number;
  /** Transactions at least; each row has a number of its own where none is given. */
  readonly records: number | undefined;
  /** Faults to inject, where the row injects them one by one. */
  readonly kills: number | undefined;
  readonly tell: (words: string) => void;
}

/** A fact beside the counts that has to hold too, in words. */
export interface Check {
  readonly words: string;
  readonly holds: boolean;
}

export interface RowResult {
  readonly faults: number;
  readonly records: number;
  readonly lost: number;
  readonly duplicate: number;
  readonly misordered: number;
  readonly wrong: number;
  /** From each fault to the next committed outcome of every partition that had input left. */
  readonly recoveryMs: readonly number[];
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
}

export interface Row {
  readonly number: number;
  readonly name: string;
  readonly promise: string;
  run(rig: Rig, options: RowOptions): Promise<RowResult>;
}

export const holds = (result: RowResult): boolean =>
  result.records > 0 &&
  result.lost + result.duplicate + result.misordered + result.wrong === 0 &&
  result.checks.every((check) => check.holds);
