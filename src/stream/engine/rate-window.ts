// How many DAGs a second an engine runs under a given bound. Only the time counts during which the bound keeps some waiting:
// with fewer there is nothing to learn about it.

/** Shorter windows show what else the machine was doing. */
const MILLISECONDS_MIN = 50;
/** Fewer DAGs make no rate. */
const DAGS_MIN = 16;

export class RateWindow {
  #bound = 0;
  /** DAGs that were sent under an earlier bound: what they take says nothing of this one. */
  #foreign = 0;
  #dags = 0;
  #milliseconds = 0;
  /** When DAGs began to wait; undefined while none do. */
  #since: number | undefined;

  /** Begins to measure under `bound`, with so many DAGs in flight from before. */
  open(bound: number, inFlight: number): void {
    this.#bound = bound;
    this.#foreign = inFlight;
    this.#dags = 0;
    this.#milliseconds = 0;
    this.#since = undefined;
  }

  /** DAGs are kept waiting from now on, or have been for some time. */
  waiting(nowMs: number): void {
    if (this.#foreign <= 0) this.#since ??= nowMs;
  }

  /** So many have come back. Whether others still wait is to be told anew. */
  finished(dags: number, nowMs: number): void {
    if (this.#since !== undefined) {
      this.#dags += dags;
      this.#milliseconds += nowMs - this.#since;
    }
    this.#foreign -= dags;
    this.#since = undefined;
  }

  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** DAGs a millisecond, once enough have come back. */
  get rate(): number | undefined {
    const isEnough = this.#dags >= Math.max(this.#bound, DAGS_MIN) && this.#milliseconds >= MILLISECONDS_MIN;
    return isEnough ? this.#dags / this.#milliseconds : undefined;
  }
}
