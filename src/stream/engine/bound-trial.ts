// Two bounds on DAGs in flight against each other: windows of one and of the other in turn, so that whatever else slows the
// machine down hits both, until the difference is plain or there is none worth speaking of.

/** After so many pairs of windows, a difference as large as this (of logarithms of rates) is no chance. */
const PLAIN = [0.5, 0.2, 0.12, 0.08];
const PAIRS_MAX = 6;

export class BoundTrial {
  /** The rates of the bound in force, and of the one on trial. */
  readonly #logs: [number, number] = [0, 0];
  #windows = 0;

  /** True while it is the turn of the bound on trial. */
  get isOnTrial(): boolean {
    return this.#windows % 2 === 1;
  }

  /** The rate of the window whose turn it was. */
  measured(rate: number): void {
    this.#logs[this.isOnTrial ? 1 : 0] += Math.log(rate);
    this.#windows++;
  }

  /** How many times the rate of the bound in force the one on trial has reached, once that is known. */
  get ratio(): number | undefined {
    if (this.isOnTrial || this.#windows === 0) return undefined;
    const pairs = this.#windows / 2;
    const difference = (this.#logs[1] - this.#logs[0]) / pairs;
    return pairs >= PAIRS_MAX || Math.abs(difference) >= (PLAIN[pairs - 1] ?? 0.05) ? Math.exp(difference) : undefined;
  }
}
