// What became of each transaction of one replay: a score, a dead letter, or nothing yet. Known by source partition and
// offset, so that whatever else is on the topics does not count.
import type { FraudScore } from '../../contracts/fraud-score.ts';
import { Latency } from '../../telemetry/latency.ts';

export interface SourcePosition {
  readonly partition: number;
  readonly offset: bigint;
}

/** Scores of the transactions with one label: 0 genuine, 1 fraud, null unknown. */
export interface LabelScores {
  readonly label: number | null;
  readonly scores: number[];
  flagged: number;
}

export class Outcomes {
  /** The first offset of the replay in each partition of the transactions topic. */
  readonly #from: readonly bigint[];
  readonly #sentMs = new Map<string, number>();
  readonly #seenMs = new Map<string, number>();
  readonly #byLabel = new Map<number | null, LabelScores>();
  scored = 0;
  deadLettered = 0;
  /** Transactions that came out more than once. */
  duplicates = 0;

  constructor(from: readonly bigint[]) {
    this.#from = from;
  }

  /** Transactions that came out, each counted once. */
  get distinct(): number {
    return this.#seenMs.size;
  }

  sent(position: SourcePosition, timestampMs: number): void {
    if (this.#isOurs(position)) this.#sentMs.set(keyOf(position), timestampMs);
  }

  score(score: FraudScore, readMs: number): void {
    if (!this.#isNew({ partition: score.sourcePartition, offset: BigInt(score.sourceOffset) }, readMs)) return;
    this.scored++;
    const group = this.#group(score.label);
    group.scores.push(score.score);
    if (score.fraud) group.flagged++;
  }

  deadLetter(position: SourcePosition, readMs: number): void {
    if (this.#isNew(position, readMs)) this.deadLettered++;
  }

  /** Genuine first, then fraud, then unknown. */
  byLabel(): LabelScores[] {
    return [...this.#byLabel.values()].sort((a, b) => (a.label ?? 2) - (b.label ?? 2));
  }

  /** From the record's timestamp to when its outcome could be read. */
  latency(): Latency {
    const latency = new Latency();
    for (const [key, seenMs] of this.#seenMs) {
      const sentMs = this.#sentMs.get(key);
      if (sentMs !== undefined) latency.recordMs(seenMs - sentMs);
    }
    return latency;
  }

  /** When the last outcome was read, milliseconds since 1970; undefined before the first. */
  lastSeenMs(): number | undefined {
    let last: number | undefined;
    for (const seenMs of this.#seenMs.values()) last = Math.max(last ?? 0, seenMs);
    return last;
  }

  #isNew(position: SourcePosition, readMs: number): boolean {
    if (!this.#isOurs(position)) return false;
    const key = keyOf(position);
    if (this.#seenMs.has(key)) {
      this.duplicates++;
      return false;
    }
    this.#seenMs.set(key, readMs);
    return true;
  }

  #isOurs({ partition, offset }: SourcePosition): boolean {
    const from = this.#from[partition];
    return from !== undefined && offset >= from;
  }

  #group(label: number | null): LabelScores {
    let group = this.#byLabel.get(label);
    if (group === undefined) this.#byLabel.set(label, (group = { label, scores: [], flagged: 0 }));
    return group;
  }
}

const keyOf = ({ partition, offset }: SourcePosition): string => `${partition}:${offset}`;
