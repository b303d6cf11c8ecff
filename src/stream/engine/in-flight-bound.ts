// How many DAGs may be in flight to an engine: as many as bring the most DAGs a second, and no more. Some servers are slower
// with eight at a time than with one (a RedisAI whose DAG goes over two devices), others want hundreds (the embedded engine).
// So another bound is tried now and then while scoring goes on, above and below, and the better one stays.
import { BoundTrial } from './bound-trial.ts';
import { RateWindow } from './rate-window.ts';

/** Enough for a first measurement of any server, too few to choke one. */
const FIRST_BOUND = 32;
/** What twice as many have to bring: more in flight cost the server memory, and those who wait for a score. */
const WORTH = 1.03;
/** How many times as long as the last trials took the next ones wait: not long after a change, longer where nothing changes. */
const REST_MIN = 1;
const REST_MAX = 8;
/** A server that is so many times as fast or as slow as it was, in windows in a row, is another one. */
const ANOTHER = 1.6;
const ANOTHER_WINDOWS = 3;

export class InFlightBound {
  /** Powers of two, and the largest bound that is allowed. */
  readonly #steps: readonly number[];
  readonly #now: () => number;
  readonly #window = new RateWindow();
  #step = 0;
  /** Where the next trial goes, or the one that is on: steps up or down, twice as many after each that was worth it. */
  #stride = 1;
  #trial: BoundTrial | undefined;
  /** Trials that changed nothing, since one that did. */
  #failures = 0;
  #rest = REST_MIN;
  #restLeftMs = 0;
  /** Since the last rest. */
  #trialsMs = 0;
  /** The first rate of the bound in force; undefined until it is measured. */
  #rate: number | undefined;
  #otherWindows = 0;

  /** `now` is monotonic, in milliseconds. */
  constructor(max: number, now: () => number = () => performance.now()) {
    this.#steps = stepsTo(max);
    this.#now = now;
    this.#begin();
    this.#window.open(this.current, 0);
  }

  /** At this moment. */
  get current(): number {
    return this.#steps[this.#trial?.isOnTrial === true ? this.#target : this.#step]!;
  }

  /** DAGs are kept waiting. */
  waiting(): void {
    this.#window.waiting(this.#now());
  }

  /** So many have come back, and `inFlight` are left. Whether others still wait is to be told anew. */
  finished(dags: number, inFlight: number): void {
    this.#window.finished(dags, this.#now());
    const { rate, milliseconds } = this.#window;
    if (rate === undefined) return;
    if (this.#isOfAnother(rate)) this.#begin();
    else if (this.#trial === undefined) this.#restLeftMs -= milliseconds;
    else this.#judge(this.#trial, rate, milliseconds);
    if (this.#trial === undefined && this.#restLeftMs <= 0) this.#try();
    this.#window.open(this.current, inFlight);
  }

  get #target(): number {
    return Math.max(0, Math.min(this.#step + this.#stride, this.#steps.length - 1));
  }

  #begin(): void {
    this.#trial = undefined;
    this.#moveTo(this.#steps.findLastIndex((step) => step <= FIRST_BOUND));
    this.#stride = 1;
    this.#restLeftMs = 0;
  }

  #moveTo(step: number): void {
    this.#step = step;
    this.#failures = 0;
    this.#rest = REST_MIN;
    this.#rate = undefined;
    this.#otherWindows = 0;
  }

  #isOfAnother(rate: number): boolean {
    if (this.#trial?.isOnTrial === true) return false;
    this.#rate ??= rate;
    const isOther = Math.max(rate / this.#rate, this.#rate / rate) > ANOTHER;
    this.#otherWindows = isOther ? this.#otherWindows + 1 : 0;
    return this.#otherWindows === ANOTHER_WINDOWS;
  }

  #judge(trial: BoundTrial, rate: number, milliseconds: number): void {
    this.#trialsMs += milliseconds;
    trial.measured(rate);
    const { ratio } = trial;
    if (ratio === undefined) return;
    this.#trial = undefined;
    if (ratio <= WORTH ** (this.#target - this.#step)) {
      this.#stay();
      return;
    }
    this.#moveTo(this.#target);
    this.#stride *= 2;
  }

  /** The other direction, then a rest, then further away: what lies near may be too alike to tell. */
  #stay(): void {
    this.#failures++;
    const distance = 1 + ((this.#failures >> 1) % 2);
    this.#stride = this.#stride > 0 ? -distance : distance;
    if (this.#failures % 2 === 1) return;
    this.#restLeftMs = this.#rest * this.#trialsMs;
    this.#trialsMs = 0;
    this.#rest = Math.min(2 * this.#rest, REST_MAX);
  }

  #try(): void {
    // At an end there is one direction only.
    if (this.#target === this.#step) this.#stay();
    else this.#trial = new BoundTrial();
  }
}

function stepsTo(max: number): number[] {
  const steps: number[] = [];
  for (let step = 1; step < max; step *= 2) steps.push(step);
  return [...steps, max];
}
