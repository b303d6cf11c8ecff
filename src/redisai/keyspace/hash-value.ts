// A hash: fields to values, in the order in which the fields first came.
import type { RedisList } from '../script/redis-list.ts';
import { ScanIndex } from './scan-index.ts';
import { SharedTexts } from './shared-texts.ts';

/**
 * Approximate cost of one field beside its text: 80 for the field, 16 for what a script's reading keeps of it (a reference to its
 * text and its number). That is counted from the start, so that no reading can take memory that was not counted.
 */
const FIELD_BYTES = 96;

/** Redis reports a small hash as a listpack; once it has grown it stays a hashtable. */
const COMPACT_FIELDS_MAX = 128;
const COMPACT_TEXT_MAX = 64;

/** Hashes mostly have the fields that others have: thousands of references, one set of names. */
const NAMES = new SharedTexts();

export class HashValue {
  readonly type = 'hash';
  memoryBytes = FIELD_BYTES;
  /** All values as scripts see them, kept by whoever reads them; every write to the hash drops it. */
  valuesCache: RedisList | undefined = undefined;
  #compact = true;
  #index: ScanIndex | undefined = undefined;
  readonly #fields = new Map<string, string>();

  get size(): number {
    return this.#fields.size;
  }

  get encoding(): string {
    return this.#compact ? 'listpack' : 'hashtable';
  }

  get(field: string): string | undefined {
    return this.#fields.get(field);
  }

  has(field: string): boolean {
    return this.#fields.has(field);
  }

  /** True if the field is new. */
  set(field: string, value: string): boolean {
    const before = this.#fields.get(field);
    this.#fields.set(before === undefined ? NAMES.of(field) : field, value);
    this.valuesCache = undefined;
    if (field.length > COMPACT_TEXT_MAX || value.length > COMPACT_TEXT_MAX) this.#compact = false;
    if (before !== undefined) {
      this.memoryBytes += value.length - before.length;
      return false;
    }
    if (this.#fields.size > COMPACT_FIELDS_MAX) this.#compact = false;
    this.memoryBytes += FIELD_BYTES + field.length + value.length;
    this.#index?.add(field);
    return true;
  }

  delete(field: string): boolean {
    const value = this.#fields.get(field);
    if (value === undefined) return false;
    this.#fields.delete(field);
    this.valuesCache = undefined;
    this.memoryBytes -= FIELD_BYTES + field.length + value.length;
    this.#index?.remove(field);
    return true;
  }

  keys(): IterableIterator<string> {
    return this.#fields.keys();
  }

  values(): IterableIterator<string> {
    return this.#fields.values();
  }

  entries(): IterableIterator<[string, string]> {
    return this.#fields.entries();
  }

  inOrder(): string[] {
    return [...this.#fields.keys()];
  }

  get index(): ScanIndex {
    return (this.#index ??= new ScanIndex(this.#fields.keys()));
  }

  copy(): HashValue {
    const copy = new HashValue();
    for (const [field, value] of this.#fields) copy.set(field, value);
    return copy;
  }
}
