// The order of a sorted set: a B+ tree that counts, so that insertion, removal, rank and range are all O(log n).

/** Pairs are ordered by score, then by the member's bytes. `before` a pair means strictly smaller. */
function isBefore(scoreA: number, memberA: string, scoreB: number, memberB: string): boolean {
  return scoreA < scoreB || (scoreA === scoreB && memberA < memberB);
}

const LEAF_MAX = 128;
const BRANCH_MAX = 64;

class Leaf {
  readonly scores: number[];
  readonly members: string[];
  constructor(scores: number[] = [], members: string[] = []) {
    this.scores = scores;
    this.members = members;
  }
  get count(): number {
    return this.members.length;
  }
  get firstScore(): number {
    return this.scores[0]!;
  }
  get firstMember(): string {
    return this.members[0]!;
  }
}

/** `count` and the first pair of everything below; the children are never empty, except for an empty root. */
class Branch {
  readonly children: Node[];
  count = 0;
  firstScore = 0;
  firstMember = '';
  constructor(children: Node[]) {
    this.children = children;
    this.refresh();
  }
  refresh(): void {
    let count = 0;
    for (const child of this.children) count += child.count;
    this.count = count;
    const first = this.children[0];
    if (first === undefined) return;
    this.firstScore = first.firstScore;
    this.firstMember = first.firstMember;
  }
}

type Node = Leaf | Branch;

/** Index of the first pair of a leaf that is not before (score, member). */
function lowerBound(leaf: Leaf, score: number, member: string): number {
  let low = 0;
  let high = leaf.members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(leaf.scores[middle]!, leaf.members[middle]!, score, member)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last child whose first pair is not after (score, member); 0 if all are. */
function childFor(branch: Branch, score: number, member: string): number {
  let low = 0;
  let high = branch.children.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const child = branch.children[middle]!;
    if (isBefore(score, member, child.firstScore, child.firstMember)) high = middle - 1;
    else low = middle;
  }
  return low;
}

/** The new right half of a node that has grown too large. Growth at the end leaves the left part full. */
function splitLeaf(leaf: Leaf, at: number): Leaf {
  const from = at === leaf.count - 1 ? at : leaf.count >>> 1;
  return new Leaf(leaf.scores.splice(from), leaf.members.splice(from));
}

function splitBranch(branch: Branch, at: number): Branch {
  const from = at >= branch.children.length - 2 ? branch.children.length - 1 : branch.children.length >>> 1;
  const right = new Branch(branch.children.splice(from));
  branch.refresh();
  return right;
}

/** Inserts below `node`; returns what has to stand to the right of it, if it had to be split. */
function insertInto(node: Node, score: number, member: string): Node | undefined {
  if (node instanceof Leaf) {
    const at = lowerBound(node, score, member);
    node.scores.splice(at, 0, score);
    node.members.splice(at, 0, member);
    return node.count > LEAF_MAX ? splitLeaf(node, at) : undefined;
  }
  const at = childFor(node, score, member);
  const right = insertInto(node.children[at]!, score, member);
  if (right !== undefined) node.children.splice(at + 1, 0, right);
  node.count++;
  node.firstScore = node.children[0]!.firstScore;
  node.firstMember = node.children[0]!.firstMember;
  return node.children.length > BRANCH_MAX ? splitBranch(node, at) : undefined;
}

function removeFrom(node: Node, score: number, member: string): boolean {
  if (node instanceof Leaf) {
    const at = lowerBound(node, score, member);
    if (node.members[at] !== member || node.scores[at] !== score) return false;
    node.scores.splice(at, 1);
    node.members.splice(at, 1);
    return true;
  }
  const at = childFor(node, score, member);
  const child = node.children[at]!;
  if (!removeFrom(child, score, member)) return false;
  if (child.count === 0) node.children.splice(at, 1);
  node.count--;
  const first = node.children[0];
  if (first !== undefined) {
    node.firstScore = first.firstScore;
    node.firstMember = first.firstMember;
  }
  return true;
}

export class RankTree {
  #root: Node = new Leaf();

  get size(): number {
    return this.#root.count;
  }

  /** The pair must not be there yet. */
  insert(score: number, member: string): void {
    const right = insertInto(this.#root, score, member);
    if (right !== undefined) this.#root = new Branch([this.#root, right]);
  }

  remove(score: number, member: string): boolean {
    const removed = removeFrom(this.#root, score, member);
    while (this.#root instanceof Branch && this.#root.children.length <= 1) {
      this.#root = this.#root.children[0] ?? new Leaf();
    }
    return removed;
  }

  /** Number of pairs before (score, member): the rank of a pair that is there. */
  countBelow(score: number, member: string): number {
    let node = this.#root;
    let below = 0;
    while (node instanceof Branch) {
      const at = childFor(node, score, member);
      for (let i = 0; i < at; i++) below += node.children[i]!.count;
      node = node.children[at]!;
    }
    return below + lowerBound(node, score, member);
  }

  /**
   * Number of pairs for which `isBelow` holds. It must hold for a beginning of the order only, as "score ≤ 5" does: how
   * the ends of score and lexical ranges become ranks.
   */
  countWhile(isBelow: (score: number, member: string) => boolean): number {
    let node = this.#root;
    let below = 0;
    while (node instanceof Branch) {
      let at = 0;
      while (at + 1 < node.children.length) {
        const next: Node = node.children[at + 1]!;
        if (!isBelow(next.firstScore, next.firstMember)) break;
        below += node.children[at]!.count;
        at++;
      }
      node = node.children[at]!;
    }
    let low = 0;
    let high = node.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBelow(node.scores[middle]!, node.members[middle]!)) low = middle + 1;
      else high = middle;
    }
    return below + low;
  }

  /** Calls `visit` for the ranks from ≤ rank < to, in order. */
  forRange(from: number, to: number, visit: (member: string, score: number) => void): void {
    if (from < to) visitRange(this.#root, from, to, visit);
  }
}

function visitRange(node: Node, from: number, to: number, visit: (member: string, score: number) => void): void {
  if (node instanceof Leaf) {
    const end = Math.min(to, node.count);
    for (let i = Math.max(0, from); i < end; i++) visit(node.members[i]!, node.scores[i]!);
    return;
  }
  let start = 0;
  for (const child of node.children) {
    if (start >= to) return;
    if (start + child.count > from) visitRange(child, from - start, to - start, visit);
    start += child.count;
  }
}
