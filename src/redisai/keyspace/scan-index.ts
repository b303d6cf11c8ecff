// A dense list of the keys of a Map, for SCAN and random picks; collections build one when first asked for it.

/**
 * Scans run from the end of the list towards its start, and a removed key's slot is filled with the last key. So a key
 * that is moved has been returned already (or is new), and every key that stays from the start to the end of a scan is
 * returned at least once: SCAN's guarantee, with a cursor that is only the position reached.
 */
export class ScanIndex {
  readonly #keys: string[];
  readonly #slots = new Map<string, number>();

  constructor(keys: Iterable<string>) {
    this.#keys = [...keys];
    this.#keys.forEach((key, slot) => this.#slots.set(key, slot));
  }

  get size(): number {
    return this.#keys.length;
  }

  add(key: string): void {
    if (this.#slots.has(key)) return;
    this.#slots.set(key, this.#keys.length);
    this.#keys.push(key);
  }

  remove(key: string): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#slots.delete(key);
    const last = this.#keys.pop()!;
    if (last === key) return;
    this.#keys[slot] = last;
    this.#slots.set(last, slot);
  }

  /** Key at a position in no particular order; 0 ≤ position < size. */
  at(position: number): string {
    return this.#keys[position]!;
  }

  /** The next `count` keys after `cursor` (0 starts) and the cursor to go on with (0 at the end). */
  scan(cursor: number, count: number): { keys: string[]; cursor: number } {
    const from = cursor === 0 ? this.#keys.length : Math.min(cursor, this.#keys.length);
    const to = Math.max(0, from - count);
    return { keys: this.#keys.slice(to, from), cursor: to };
  }
}
