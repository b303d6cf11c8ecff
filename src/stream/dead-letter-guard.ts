// The guard at the end of the road: where most of what comes in ends as dead letters, the fault is not the records'.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import type { DeadLetterErrorClass } from '../contracts/dead-letter.ts';

export interface DeadLetterGuardOptions {
  /** More dead letters than this share of the window stop the consumer; 0 lets any number pass. */
  readonly shareMax: number;
  /** How many of the last outcomes are looked at. */
  readonly windowRecords: number;
}

/** An outcome, as far as the guard looks at it. */
export type JudgedOutcome =
  | { readonly kind: 'score' }
  | { readonly kind: 'dead-letter'; readonly letter: { readonly errorClass: DeadLetterErrorClass } };

/** Fewer outcomes say nothing: a consumer may well start on a few bad records. */
const RECORDS_MIN = 100;

export class DeadLetterGuard {
  readonly #options: DeadLetterGuardOptions;
  /** The last outcomes, a ring: the class of a dead letter, undefined for a score. */
  readonly #window: (DeadLetterErrorClass | undefined)[] = [];
  #oldest = 0;
  readonly #counts = new Map<DeadLetterErrorClass, number>();
  #deadLetters = 0;

  constructor(options: DeadLetterGuardOptions) {
    this.#options = options;
  }

  /** Told of what was published, in order; the error that ends the consumer, where too much of it were dead letters. */
  published(outcomes: readonly JudgedOutcome[]): FraudstreamError | undefined {
    if (this.#options.shareMax === 0) return undefined;
    for (const outcome of outcomes) this.#add(outcome.kind === 'score' ? undefined : outcome.letter.errorClass);
    const records = this.#window.length;
    const isEnough = records >= Math.min(RECORDS_MIN, this.#options.windowRecords);
    if (!isEnough || this.#deadLetters <= this.#options.shareMax * records) return undefined;
    return this.#tooMany(records);
  }

  #add(outcome: DeadLetterErrorClass | undefined): void {
    if (this.#window.length < this.#options.windowRecords) this.#window.push(outcome);
    else {
      this.#count(this.#window[this.#oldest], -1);
      this.#window[this.#oldest] = outcome;
      this.#oldest = (this.#oldest + 1) % this.#options.windowRecords;
    }
    this.#count(outcome, 1);
  }

  #count(outcome: DeadLetterErrorClass | undefined, step: 1 | -1): void {
    if (outcome === undefined) return;
    this.#deadLetters += step;
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + step);
  }

  #tooMany(records: number): FraudstreamError {
    const [errorClass, count] = [...this.#counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
    const share = `${this.#deadLetters} of the last ${records} records (${Math.round((100 * this.#deadLetters) / records)} %)`;
    const words = `${share} ended as dead letters, ${count} of them ${errorClass}`;
    return new FraudstreamError('DEAD_LETTERS_TOO_MANY', words, {
      next: 'see why: fraudstream dlt list; mend it, start the consumer again, then: fraudstream dlt replay',
      exitCode: EXIT.data,
    });
  }
}
