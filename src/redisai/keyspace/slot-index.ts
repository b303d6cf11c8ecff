// Keys by hash slot: what a cluster's node must know of itself when slots move. Built when it is first asked for.
import { keySlot } from '../../core/hash-slot.ts';

const NONE: ReadonlySet<string> = new Set();

export class SlotIndex {
  readonly #keys = new Map<number, Set<string>>();

  constructor(keys: Iterable<string>) {
    for (const key of keys) this.add(key);
  }

  add(key: string): void {
    const slot = keySlot(key);
    const keys = this.#keys.get(slot);
    if (keys === undefined) this.#keys.set(slot, new Set([key]));
    else keys.add(key);
  }

  remove(key: string): void {
    const slot = keySlot(key);
    const keys = this.#keys.get(slot);
    if (keys?.delete(key) === true && keys.size === 0) this.#keys.delete(slot);
  }

  /** In no promised order. */
  keysIn(slot: number): ReadonlySet<string> {
    return this.#keys.get(slot) ?? NONE;
  }
}
