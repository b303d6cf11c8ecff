// A set of members.
import { ScanIndex } from './scan-index.ts';

const MEMBER_BYTES = 64;
const INTSET_MAX = 512;
const INTEGER = /^(0|-?[1-9]\d{0,17})$/;

export class SetValue {
  readonly type = 'set';
  memoryBytes = MEMBER_BYTES;
  #onlyIntegers = true;
  #index: ScanIndex | undefined = undefined;
  readonly #members = new Set<string>();

  get size(): number {
    return this.#members.size;
  }

  get encoding(): string {
    return this.#onlyIntegers ? 'intset' : 'hashtable';
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  /** True if the member is new. */
  add(member: string): boolean {
    if (this.#members.has(member)) return false;
    this.#members.add(member);
    if (this.#onlyIntegers && (this.#members.size > INTSET_MAX || !INTEGER.test(member))) this.#onlyIntegers = false;
    this.memoryBytes += MEMBER_BYTES + member.length;
    this.#index?.add(member);
    return true;
  }

  delete(member: string): boolean {
    if (!this.#members.delete(member)) return false;
    this.memoryBytes -= MEMBER_BYTES + member.length;
    this.#index?.remove(member);
    return true;
  }

  members(): IterableIterator<string> {
    return this.#members.values();
  }

  inOrder(): string[] {
    return [...this.#members];
  }

  get index(): ScanIndex {
    return (this.#index ??= new ScanIndex(this.#members));
  }

  copy(): SetValue {
    const copy = new SetValue();
    for (const member of this.#members) copy.add(member);
    return copy;
  }
}
