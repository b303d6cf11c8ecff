// Counts by bin, for the pictures of a report: scores by class, latencies on a logarithmic scale.
import type { RankedScores } from './labelled-scores.ts';

export interface ScoreHistogram {
  /** By bin of equal width from 0 to 1. */
  readonly genuine: readonly number[];
  readonly frauds: readonly number[];
}

const SCORE_BINS = 40;

export function scoreHistogram({ scores, labels }: RankedScores): ScoreHistogram {
  const [genuine, frauds] = [new Array<number>(SCORE_BINS).fill(0), new Array<number>(SCORE_BINS).fill(0)];
  for (let rank = 0; rank < scores.length; rank++) {
    const bin = Math.min(SCORE_BINS - 1, Math.floor(scores[rank]! * SCORE_BINS));
    (labels[rank] === 1 ? frauds : genuine)[bin]! += 1;
  }
  return { genuine, frauds };
}

export interface LatencyBin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const BINS_PER_OCTAVE = 2;
/** The last bin takes all that is later: 2^20 ms are 17 minutes. */
const OCTAVES = 20;

/** Bins that grow by the root of two, from below 1 ms on. */
export class LatencyHistogram {
  readonly #counts = new Float64Array(OCTAVES * BINS_PER_OCTAVE + 1);

  recordMs(milliseconds: number): void {
    const bin = milliseconds < 1 ? 0 : 1 + Math.floor(Math.log2(milliseconds) * BINS_PER_OCTAVE);
    this.#counts[Math.min(bin, this.#counts.length - 1)]! += 1;
  }

  /** From the first bin that holds something to the last. */
  bins(): readonly LatencyBin[] {
    const counts = [...this.#counts];
    const first = counts.findIndex((count) => count > 0);
    const last = counts.findLastIndex((count) => count > 0);
    return counts
      .map((count, bin) => ({ fromMs: bin === 0 ? 0 : edgeMs(bin - 1), toMs: edgeMs(bin), count }))
      .slice(Math.max(first, 0), last + 1);
  }
}

const edgeMs = (bin: number): number => 2 ** (bin / BINS_PER_OCTAVE);
