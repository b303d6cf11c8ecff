// Chance that can be repeated: a small generator (mulberry32) and what simulations draw from it.

export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 <= value < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/**
 * Runs asynchronous actors one step at a time, in an order drawn from the seed. Every wait of a simulated world goes
 * through `step`; while nothing real is awaited, a seed decides everything that happens.
 */
export class Scheduler {
  readonly #random: Seeded;
  readonly #waiting: (() => void)[] = [];

  constructor(random: Seeded) {
    this.#random = random;
  }

  step(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Lets steps happen until `isDone`, or until `stepsMax` of them have. */
  async run(isDone: () => boolean, stepsMax: number): Promise<boolean> {
    for (let steps = 0; steps < stepsMax; steps++) {
      if (isDone()) return true;
      // Everything that can go on by itself does, before somebody is chosen: promises settle in microtasks.
      for (let turns = 0; turns < 20; turns++) await Promise.resolve();
      const chosen = this.#waiting.splice(this.#random.below(this.#waiting.length), 1)[0];
      chosen?.();
    }
    return isDone();
  }
}
