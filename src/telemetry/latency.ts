// Latencies as a histogram: constant memory, any number of them, three digits exact.
import { build, type Histogram } from 'hdr-histogram-js';

/** An hour; whatever is later than that counts as an hour. */
const MICROSECONDS_MAX = 3_600_000_000;

export class Latency {
  readonly #microseconds: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: MICROSECONDS_MAX,
    numberOfSignificantValueDigits: 3,
  });

  recordMs(milliseconds: number): void {
    const microseconds = Math.round(milliseconds * 1000);
    this.#microseconds.recordValue(Math.min(Math.max(microseconds, 1), MICROSECONDS_MAX));
  }

  get count(): number {
    return this.#microseconds.totalCount;
  }

  /** `percent` 0..100; undefined while nothing was recorded. */
  percentileMs(percent: number): number | undefined {
    return this.count === 0 ? undefined : this.#microseconds.getValueAtPercentile(percent) / 1000;
  }
}
