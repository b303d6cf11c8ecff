// Drift: do today's scores look like those that the model card was measured on? The population stability index over the
// card's own histogram: below 0.1 nothing has changed, above 0.25 a person should look.

import type { Tally } from './tally.ts';

/** Shares or counts by bucket: one for each upper bound, rising, the last of them 1. */
export interface ReferenceHistogram {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** With fewer scores than this the index shows chance. */
const SCORES_MIN = 500;
/** Stands for an empty bucket, whose logarithm would be infinite. */
const SHARE_MIN = 0.0001;

/** `counts` by the buckets of `reference`; undefined while there are too few. */
export function stabilityIndex({ counts: shares }: ReferenceHistogram, counts: ArrayLike<number>): number | undefined {
  const total = sumOf(counts);
  const expectedTotal = sumOf(shares);
  if (total < SCORES_MIN || expectedTotal <= 0) return undefined;
  return shares.reduce((sum, share, bucket) => {
    const expected = Math.max(share / expectedTotal, SHARE_MIN);
    const actual = Math.max((counts[bucket] ?? 0) / total, SHARE_MIN);
    return sum + (actual - expected) * Math.log(actual / expected);
  }, 0);
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) sum += counts[bucket]!;
  return sum;
}

/** `scoreHistogram` of models/manifest.json; undefined where the model's card has none. */
export function referenceHistogram(manifest: string): ReferenceHistogram | undefined {
  return (JSON.parse(manifest) as { scoreHistogram?: ReferenceHistogram }).scoreHistogram;
}

/** The index of what `drifting` has counted by the reference's buckets. */
export function scoreDrift(
  reference: ReferenceHistogram | undefined,
  { drifting }: { readonly drifting: Tally | undefined },
): () => number | undefined {
  return () =>
    reference === undefined || drifting === undefined ? undefined : stabilityIndex(reference, drifting.counts);
}
