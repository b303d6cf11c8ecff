// The last two minutes, a figure for each second, read off the tallies.
import type { StreamTally } from '../stream-tally.ts';
import { quantile } from '../tally.ts';
import type { History } from './snapshot.ts';

const SECONDS = 120;

export class StreamHistory {
  readonly #tally: Pick<StreamTally, 'scored' | 'endToEndSeconds'>;
  readonly #scored: number[] = new Array<number>(SECONDS).fill(0);
  readonly #p50: (number | null)[] = new Array<null>(SECONDS).fill(null);
  readonly #p99: (number | null)[] = new Array<null>(SECONDS).fill(null);
  #before = 0;
  #countsBefore: Float64Array;

  constructor(tally: Pick<StreamTally, 'scored' | 'endToEndSeconds'>) {
    this.#tally = tally;
    this.#countsBefore = tally.endToEndSeconds.counts.slice();
  }

  /** A second has passed. */
  tick(): void {
    const { scored, endToEndSeconds } = this.#tally;
    const counts = endToEndSeconds.counts.map((count, bucket) => count - this.#countsBefore[bucket]!);
    const at = (share: number): number | null => {
      const seconds = quantile(endToEndSeconds.bounds, counts, share);
      return seconds === undefined ? null : Number((seconds * 1000).toPrecision(3));
    };
    push(this.#scored, scored - this.#before);
    push(this.#p50, at(0.5));
    push(this.#p99, at(0.99));
    this.#before = scored;
    this.#countsBefore = endToEndSeconds.counts.slice();
  }

  get all(): History {
    return { scored: this.#scored, p50: this.#p50, p99: this.#p99 };
  }
}

function push<T>(list: T[], value: T): void {
  list.push(value);
  list.shift();
}
