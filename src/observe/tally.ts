// A histogram that is cheap to feed: counts by bucket, one comparison or a few for each value, nothing allocated.

export class Tally {
  /** Upper bounds of the buckets, rising; what is above the last one has a bucket of its own. */
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  sum = 0;
  count = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let [low, high] = [0, this.bounds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= this.bounds[middle]!) high = middle;
      else low = middle + 1;
    }
    this.counts[low]!++;
    this.sum += value;
    this.count++;
  }
}

/**
 * The value below which `share` (0 to 1) of the counted values lie, taken to be spread evenly inside their bucket;
 * undefined where nothing was counted.
 */
export function quantile(bounds: readonly number[], counts: ArrayLike<number>, share: number): number | undefined {
  let total = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) total += counts[bucket]!;
  if (total === 0) return undefined;
  let below = 0;
  for (let bucket = 0; bucket < bounds.length; bucket++) {
    const inside = counts[bucket]!;
    if (inside > 0 && below + inside >= share * total) {
      const from = bucket === 0 ? 0 : bounds[bucket - 1]!;
      return from + ((share * total - below) / inside) * (bounds[bucket]! - from);
    }
    below += inside;
  }
  return bounds.at(-1);
}
