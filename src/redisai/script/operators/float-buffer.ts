// A list of floats that a function of a script fills: a JavaScript array that grows to some hundred numbers costs more than
// all that the script does with them, so such a list lies in a typed array that is there for every run.
//
// It stands for one variable, and is a list only as long as that variable alone has it. Whoever else wants it gets a
// JavaScript array, which from then on is the list: all that share it see what any of them writes.

const KEPT_LENGTH = 512;
/** Larger memory is given back when the list is begun anew. */
const KEPT_LENGTH_MAX = 8192;

export class FloatBuffer {
  #numbers = new Float64Array(KEPT_LENGTH);
  #length = 0;
  #shared: number[] | undefined = undefined;

  /** The variable gets an empty list of its own. */
  clear(): void {
    this.#length = 0;
    this.#shared = undefined;
    if (this.#numbers.length > KEPT_LENGTH_MAX) this.#numbers = new Float64Array(KEPT_LENGTH);
  }

  /** The variable gets a list that others may have too. */
  hold(list: number[]): void {
    this.#shared = list;
  }

  get length(): number {
    return this.#shared === undefined ? this.#length : this.#shared.length;
  }

  push(number: number): void {
    if (this.#shared !== undefined) {
      this.#shared.push(number);
      return;
    }
    if (this.#length === this.#numbers.length) this.#grow(this.#length + 1);
    this.#numbers[this.#length++] = number;
  }

  append(numbers: Float64Array): void {
    if (this.#shared !== undefined) {
      appendNumbers(this.#shared, numbers);
      return;
    }
    const length = this.#length + numbers.length;
    if (length > this.#numbers.length) this.#grow(length);
    this.#numbers.set(numbers, this.#length);
    this.#length = length;
  }

  /** The list as others may have it. */
  list(): number[] {
    this.#shared ??= listOfNumbers(this.#numbers.subarray(0, this.#length));
    return this.#shared;
  }

  /** Writes the numbers from `start` on into the whole of `target`. False where the list is shared. */
  copyTo(target: Float32Array | Float64Array, start: number): boolean {
    if (this.#shared !== undefined) return false;
    const numbers = this.#numbers;
    for (let i = 0; i < target.length; i++) target[i] = numbers[start + i]!;
    return true;
  }

  #grow(length: number): void {
    const grown = new Float64Array(2 * length);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}

export function appendNumbers(list: number[], numbers: Float64Array): void {
  for (let i = 0; i < numbers.length; i++) list.push(numbers[i]!);
}

export function listOfNumbers(numbers: Float64Array): number[] {
  const list = new Array<number>(numbers.length);
  for (let i = 0; i < numbers.length; i++) list[i] = numbers[i]!;
  return list;
}
