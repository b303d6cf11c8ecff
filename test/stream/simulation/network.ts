// Between a process and what it asks: a request or its reply may be lost, come late, or come when nobody waits any more.
import type { Actor, Scheduler } from './scheduler.ts';
import type { Seeded } from './seeded.ts';

/** Chances, for each request. */
export interface Faults {
  readonly lostRequest: number;
  /** The asker gives up; the request arrives later all the same. */
  readonly lateRequest: number;
  readonly lostReply: number;
}

export const NO_FAULTS: Faults = { lostRequest: 0, lateRequest: 0, lostReply: 0 };
const LATE_STEPS_MAX = 40;
/** Chance that a request of a process that was killed had already left it. */
const HAD_LEFT = 0.5;

/** The wire itself: what is on it goes on though its sender is gone. */
const WIRE: Actor = { isStopped: false, isGone: false };

export class Network {
  faults: Faults;
  /** Calls that failed, so that a run can show that it was no calm one. */
  faultsMet = 0;
  readonly #random: Seeded;
  readonly #scheduler: Scheduler;
  /** Requests on their way, by who asked. */
  readonly #underWay = new Map<Actor, Set<() => void>>();

  constructor(random: Seeded, scheduler: Scheduler, faults: Faults) {
    this.#random = random;
    this.#scheduler = scheduler;
    this.faults = faults;
  }

  /** Asks once; `happens` is what the other side does, and may throw. */
  async call<Answer>(who: Actor, happens: () => Answer): Promise<Answer> {
    await this.#onItsWay(who, happens);
    this.#maybeFail(this.faults.lostRequest);
    if (this.#random.chance(this.faults.lateRequest)) {
      void this.#arriveLate(happens);
      this.#fail();
    }
    const answer = happens();
    await this.#scheduler.step(who);
    this.#maybeFail(this.faults.lostReply);
    return answer;
  }

  /** kill -9: it does nothing more, but what had left it may yet arrive. */
  kill(who: Actor): void {
    this.#scheduler.kill(who);
    for (const happens of this.#underWay.get(who) ?? []) {
      if (this.#random.chance(HAD_LEFT)) void this.#arriveLate(happens);
    }
    this.#underWay.delete(who);
  }

  async #onItsWay(who: Actor, happens: () => unknown): Promise<void> {
    let mine = this.#underWay.get(who);
    if (mine === undefined) this.#underWay.set(who, (mine = new Set()));
    mine.add(happens);
    await this.#scheduler.step(who);
    mine.delete(happens);
  }

  async #arriveLate(happens: () => unknown): Promise<void> {
    for (let steps = this.#random.below(LATE_STEPS_MAX); steps >= 0; steps--) await this.#scheduler.step(WIRE);
    try {
      happens();
    } catch {
      // Refused, and nobody is there to be told.
    }
  }

  #maybeFail(chance: number): void {
    if (this.#random.chance(chance)) this.#fail();
  }

  #fail(): never {
    this.faultsMet++;
    throw new Error('the connection was lost');
  }
}
