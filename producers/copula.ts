// How the columns of one class hang together: normal scores that correlate as the class's ranks do, given the Time.
import type { NormalDraws } from './card-habits.ts';

/** Added to the diagonal until the matrix, made of rounded estimates, is one that correlations can form. */
const RIDGE_STEP = 0.002;

export class Copula {
  /** Lower triangular; row 0 is Time. */
  readonly #factor: readonly Float64Array[];
  readonly #noise: Float64Array;

  /** `rankCorrelations[i]` are those of column i + 1 with the columns before it. */
  constructor(rankCorrelations: readonly (readonly number[])[]) {
    this.#factor = factorOf(correlationMatrix(rankCorrelations));
    this.#noise = new Float64Array(this.#factor.length);
  }

  /** Fills `scores` with those of the columns after the first, the first one's being given. */
  draw(firstScore: number, draws: NormalDraws, scores: Float64Array): void {
    const noise = this.#noise;
    noise[0] = firstScore;
    for (let row = 1; row < noise.length; row++) {
      noise[row] = draws.normal();
      const weights = this.#factor[row]!;
      let score = 0;
      for (let column = 0; column <= row; column++) score += weights[column]! * noise[column]!;
      scores[row - 1] = score;
    }
  }
}

/** Ranks that correlate by ρ come of normal scores that correlate by 2 sin(πρ/6). */
function correlationMatrix(rankCorrelations: readonly (readonly number[])[]): number[][] {
  const lower = [[], ...rankCorrelations].map((row) => row.map((rho) => 2 * Math.sin((Math.PI * rho) / 6)));
  return lower.map((row, i) => lower.map((other, j) => (i === j ? 1 : j < i ? row[j]! : other[i]!)));
}

function factorOf(matrix: readonly (readonly number[])[]): Float64Array[] {
  for (let ridge = 0; ridge < 1; ridge += RIDGE_STEP) {
    const factor = choleskyFactor(matrix.map((row, i) => row.map((r, j) => (i === j ? 1 : r / (1 + ridge)))));
    if (factor !== undefined) return factor;
  }
  throw new Error('the rank correlations are too far from a correlation matrix');
}

function choleskyFactor(matrix: readonly (readonly number[])[]): Float64Array[] | undefined {
  const factor = matrix.map((row) => new Float64Array(row.length));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]!;
      for (let k = 0; k < j; k++) rest -= factor[i]![k]! * factor[j]![k]!;
      if (i === j && rest <= 0) return undefined;
      factor[i]![j] = i === j ? Math.sqrt(rest) : rest / factor[j]![j]!;
    }
  }
  return factor;
}
