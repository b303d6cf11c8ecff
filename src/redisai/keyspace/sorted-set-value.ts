// A sorted set: members to scores, and the same pairs in order.
import { RankTree } from './rank-tree.ts';
import { ScanIndex } from './scan-index.ts';

const MEMBER_BYTES = 96;
const COMPACT_MEMBERS_MAX = 128;
const COMPACT_TEXT_MAX = 64;

export class SortedSetValue {
  readonly type = 'zset';
  memoryBytes = MEMBER_BYTES;
  /** Members in order of score, then of their bytes: ranks, ranges. Changed only through this class. */
  readonly ordered = new RankTree();
  #compact = true;
  #index: ScanIndex | undefined = undefined;
  readonly #scores = new Map<string, number>();

  get size(): number {
    return this.#scores.size;
  }

  get encoding(): string {
    return this.#compact ? 'listpack' : 'skiplist';
  }

  score(member: string): number | undefined {
    return this.#scores.get(member);
  }

  /** True if the member is new. The score is never NaN. */
  set(member: string, score: number): boolean {
    const before = this.#scores.get(member);
    if (before === score) return false;
    this.#scores.set(member, score);
    if (before !== undefined) this.ordered.remove(before, member);
    this.ordered.insert(score, member);
    if (before !== undefined) return false;
    if (this.#scores.size > COMPACT_MEMBERS_MAX || member.length > COMPACT_TEXT_MAX) this.#compact = false;
    this.memoryBytes += MEMBER_BYTES + member.length;
    this.#index?.add(member);
    return true;
  }

  delete(member: string): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#scores.delete(member);
    this.ordered.remove(score, member);
    this.memoryBytes -= MEMBER_BYTES + member.length;
    this.#index?.remove(member);
    return true;
  }

  /** Number of members before this one; undefined if it is no member. */
  rank(member: string): number | undefined {
    const score = this.#scores.get(member);
    return score === undefined ? undefined : this.ordered.countBelow(score, member);
  }

  /** Members and scores in no promised order. */
  entries(): IterableIterator<[string, number]> {
    return this.#scores.entries();
  }

  inOrder(): string[] {
    const members: string[] = [];
    this.ordered.forRange(0, this.size, (member) => members.push(member));
    return members;
  }

  get index(): ScanIndex {
    return (this.#index ??= new ScanIndex(this.#scores.keys()));
  }

  copy(): SortedSetValue {
    const copy = new SortedSetValue();
    for (const [member, score] of this.#scores) copy.set(member, score);
    return copy;
  }
}
