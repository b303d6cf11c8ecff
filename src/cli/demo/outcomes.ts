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
  readonly #seen = new Set<string>();
  readonly #byLabel = new Map<number | null, LabelScores>();
  scored = 0;
  deadLettered = 0;
  /** Transactions that came out more than once. */
  duplicates = 0;
  /** When the last outcome was read, milliseconds since 1970; undefined before the first. */
  lastSeenMs: number | undefined;
  /** From the record's timestamp to when its outcome could be read. */
  readonly latency = new Latency();

  constructor(from: readonly bigint[]) {
    this.#from = from;
  }

  /** Transactions that came out, each counted once. */
  get distinct(): number {
    return this.#seen.size;
  }

  score(score: FraudScore, readMs: number): void {
    const { sourcePartition: partition, sourceOffset, sourceTimestamp } = score;
    if (!this.#isNew({ partition, offset: BigInt(sourceOffset) }, sourceTimestamp, readMs)) return;
    this.scored++;
    const group = this.#group(score.label);
    group.scores.push(score.score);
    if (score.fraud) group.flagged++;
  }

  deadLetter(position: SourcePosition, sentMs: number, readMs: number): void {
    if (this.#isNew(position, sentMs, readMs)) this.deadLettered++;
  }

  /** Genuine first, then fraud, then unknown. */
  byLabel(): LabelScores[] {
    return [...this.#byLabel.values()].sort((a, b) => (a.label ?? 2) - (b.label ?? 2));
  }

  #isNew(position: SourcePosition, sentMs: number, readMs: number): boolean {
    if (!this.#isOurs(position)) return false;
    const key = `${position.partition}:${position.offset}`;
    if (this.#seen.has(key)) {
      this.duplicates++;
      return false;
    }
    this.#seen.add(key);
    this.latency.recordMs(readMs - sentMs);
    this.lastSeenMs = readMs;
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
