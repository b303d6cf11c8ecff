// How long one run of a script may go on, in steps (calls and turns of loops) and in time. Scripts run on the thread of all
// clients, so a run that does not end by itself must be ended.
import { ScriptError, type ScriptLimits } from './script.ts';

/** The clock is looked at after a portion of steps, which grows and shrinks with the time that the steps take. */
const PORTION_MAX = 4096;
const PORTION_START = 16;
const PORTION_MS_SHORT = 0.1;
const PORTION_MS_LONG = 10;

export class RunBudget {
  readonly #limits: ScriptLimits;
  #stepsLeft = 0;
  #endsAtMs = 0;
  #portion = 0;
  #portionFromMs = 0;

  constructor(limits: ScriptLimits) {
    this.#limits = limits;
  }

  /** That one run may take. */
  get milliseconds(): number {
    return this.#limits.milliseconds;
  }

  /** A run begins: the steps that it may take before it has to ask for more. */
  begin(): number {
    this.#stepsLeft = this.#limits.steps;
    this.#portionFromMs = performance.now();
    this.#endsAtMs = this.#portionFromMs + this.#limits.milliseconds;
    return this.#take(PORTION_START);
  }

  /** @throws ScriptError when the run has had all that it may have */
  more(): number {
    const nowMs = performance.now();
    if (nowMs > this.#endsAtMs) {
      throw new ScriptError(`the script was ended: it ran for longer than ${this.#limits.milliseconds} ms`);
    }
    if (this.#stepsLeft === 0) throw new ScriptError('the script was ended: it took more steps than it may');
    const tookMs = nowMs - this.#portionFromMs;
    this.#portionFromMs = nowMs;
    if (tookMs < PORTION_MS_SHORT) return this.#take(2 * this.#portion);
    return this.#take(tookMs > PORTION_MS_LONG ? Math.ceil(this.#portion / 8) : this.#portion);
  }

  /** Takes steps that together last no longer than one portion may; false, and none is taken, where so many are not left. */
  take(steps: number): boolean {
    if (steps > PORTION_MAX || steps > this.#stepsLeft) return false;
    this.#stepsLeft -= steps;
    return true;
  }

  #take(portion: number): number {
    this.#portion = Math.min(portion, PORTION_MAX);
    const taken = Math.min(this.#portion, this.#stepsLeft);
    this.#stepsLeft -= taken;
    return taken;
  }
}
