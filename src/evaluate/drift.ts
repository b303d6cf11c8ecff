// Whether scores still fall where they fell when the model was made: the population stability index.

/** Where scores fell at training: `shares[i]` of them from `edges[i]` to before `edges[i + 1]`. */
export interface ReferenceHistogram {
  /** sha256 of the models, in their several formats, that gave these scores. */
  readonly digests: readonly string[];
  /** Ascending, one more than shares. */
  readonly edges: readonly number[];
  readonly shares: readonly number[];
}

/** What an empty bin counts as, so that one score there does not make the index infinite. */
const SHARE_MIN = 1e-4;

/**
 * Sum over the bins of (now - then) * ln(now / then): below 0.1 nothing has moved, above 0.25 much has.
 * `counts` are the scores of now in the reference's bins. Undefined for no scores.
 */
export function populationStability(
  { shares }: Pick<ReferenceHistogram, 'shares'>,
  counts: ArrayLike<number>,
): number | undefined {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  return shares.reduce((index, share, bin) => {
    const [then, now] = [Math.max(share, SHARE_MIN), Math.max(counts[bin]! / total, SHARE_MIN)];
    return index + (now - then) * Math.log(now / then);
  }, 0);
}

/** The bin of a score; what lies outside the edges belongs to the nearest. */
export function binOf(edges: readonly number[], score: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (score >= edges[middle]!) low = middle;
    else high = middle - 1;
  }
  return low;
}
