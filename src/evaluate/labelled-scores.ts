// First stop of an evaluation: scores whose label is known, in 9 bytes each, in memory that has an end.

/** The newest so many count; what came before them falls out. 90 MB, and about three times as much while they are ranked. */
export const LABELLED_SCORES_MAX = 10_000_000;

const FIRST_CAPACITY = 4096;

/** A ring of scores 0..1 with their labels that grows up to `capacityMax` and then forgets the oldest. */
export class LabelledScores {
  readonly #capacityMax: number;
  #scores = new Float64Array(FIRST_CAPACITY);
  #labels = new Uint8Array(FIRST_CAPACITY);
  #added = 0;

  constructor(capacityMax = LABELLED_SCORES_MAX) {
    this.#capacityMax = capacityMax;
  }

  /** How many are held. */
  get count(): number {
    return Math.min(this.#added, this.#capacityMax);
  }

  /** How many fell out. */
  get forgotten(): number {
    return this.#added - this.count;
  }

  add(score: number, isFraud: boolean): void {
    const place = this.#added % this.#capacityMax;
    if (place >= this.#scores.length) this.#grow();
    this.#scores[place] = score;
    this.#labels[place] = isFraud ? 1 : 0;
    this.#added += 1;
  }

  /** Highest score first. O(n log n) time, 17 bytes each. */
  ranked(): RankedScores {
    const scores = this.#scores.subarray(0, this.count);
    const labels = this.#labels.subarray(0, this.count);
    // Sorted apart and merged: typed arrays of numbers sort several times as fast without a function that compares.
    const frauds = scores.filter((_, index) => labels[index] === 1).sort();
    const genuine = scores.filter((_, index) => labels[index] === 0).sort();
    return merged(frauds, genuine);
  }

  #grow(): void {
    const capacity = Math.min(this.#scores.length * 2, this.#capacityMax);
    const [scores, labels] = [new Float64Array(capacity), new Uint8Array(capacity)];
    scores.set(this.#scores);
    labels.set(this.#labels);
    [this.#scores, this.#labels] = [scores, labels];
  }
}

/** Scores from the highest to the lowest, labels (1 fraud, 0 genuine) in the same order. */
export interface RankedScores {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly frauds: number;
}

/** Both sides ascending. */
function merged(frauds: Float64Array, genuine: Float64Array): RankedScores {
  const scores = new Float64Array(frauds.length + genuine.length);
  const labels = new Uint8Array(scores.length);
  let [fraudsLeft, genuineLeft] = [frauds.length, genuine.length];
  for (let rank = 0; rank < scores.length; rank++) {
    const isFraud = genuineLeft === 0 || (fraudsLeft > 0 && frauds[fraudsLeft - 1]! >= genuine[genuineLeft - 1]!);
    scores[rank] = isFraud ? frauds[--fraudsLeft]! : genuine[--genuineLeft]!;
    labels[rank] = isFraud ? 1 : 0;
  }
  return { scores, labels, frauds: frauds.length };
}
