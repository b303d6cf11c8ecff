// Runs asynchronous actors one step at a time, in an order drawn from the seed. Every wait of a simulated world goes through
// `step`, and no real timer ever fires, so the seed decides everything that happens.
import type { Seeded } from './seeded.ts';

/** Whoever waits: a process that may stand still (SIGSTOP), or be gone (SIGKILL) and never go on. */
export interface Actor {
  isStopped: boolean;
  isGone: boolean;
}

export const actor = (): Actor => ({ isStopped: false, isGone: false });

interface Waiter {
  readonly who: Actor;
  readonly goOn: () => void;
}

/** Promises settle in microtasks; the next tick comes when none is left. Costs less than a turn of the event loop. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

export class Scheduler {
  readonly #random: Seeded;
  #waiting: Waiter[] = [];
  steps = 0;

  constructor(random: Seeded) {
    this.#random = random;
  }

  step(who: Actor): Promise<void> {
    return new Promise((goOn) => this.#waiting.push({ who, goOn }));
  }

  /** It has no next step, whatever it waited for. */
  kill(who: Actor): void {
    who.isGone = true;
    this.#waiting = this.#waiting.filter((waiter) => waiter.who !== who);
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  /** Lets steps happen until `isDone`, or until `stepsMax` of them have. */
  async run(isDone: () => boolean, stepsMax: number): Promise<boolean> {
    for (let left = stepsMax; left > 0; left--) {
      await settled();
      if (isDone()) return true;
      this.#choose()?.goOn();
      this.steps++;
    }
    return isDone();
  }

  #choose(): Waiter | undefined {
    const waiting = this.#waiting;
    const from = this.#random.below(waiting.length);
    for (let tried = 0; tried < waiting.length; tried++) {
      const index = (from + tried) % waiting.length;
      const waiter = waiting[index]!;
      if (waiter.who.isStopped) continue;
      // Order among those who wait means nothing: the last takes the place.
      waiting[index] = waiting.at(-1)!;
      waiting.pop();
      return waiter.who.isGone ? undefined : waiter;
    }
    return undefined;
  }
}
