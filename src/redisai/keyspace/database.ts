// One of the numbered databases: keys to values, with expiry.

/** Keys are byte strings held as latin1 text. */
export class Database {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}
