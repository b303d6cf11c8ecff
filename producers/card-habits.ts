// What the transactions of one card have in common, for the synthesizer: a part of every normal draw, the same each time.
import { Random } from './random.ts';

/** Share of the variance of a column that lies between cards. An assumption: the ULB set does not name its cards. */
const HABIT_SHARE = 0.5;
const HABIT_WEIGHT = Math.sqrt(HABIT_SHARE);
const CHANCE_WEIGHT = Math.sqrt(1 - HABIT_SHARE);

export interface NormalDraws {
  /** Mean 0, deviation 1. */
  normal(): number;
}

/** Nothing is kept of a card, however many there are: its habits are drawn from the seed anew for each of its transactions. */
export class CardHabits {
  readonly #cards: number;
  readonly #seed: number;
  readonly #random: Random;

  constructor(cards: number, seed: number, random: Random) {
    this.#cards = cards;
    this.#seed = seed;
    this.#random = random;
  }

  /** Draws for one transaction of some card. A thief's habits are not those of the owner: each class has its own. */
  ofSomeCard(label: 0 | 1): NormalDraws {
    const card = this.#random.whole(0, this.#cards - 1);
    const habit = new Random(this.#seed, 1 + 2 * card + label);
    return { normal: () => HABIT_WEIGHT * habit.normal() + CHANCE_WEIGHT * this.#random.normal() };
  }
}
