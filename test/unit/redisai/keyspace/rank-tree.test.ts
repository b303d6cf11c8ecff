// Promise: the tree keeps pairs in order and counts right, whatever was inserted and removed, at any size.
import { describe, expect, it } from 'vitest';
import { RankTree } from '../../../../src/redisai/keyspace/rank-tree.ts';

interface Pair {
  readonly score: number;
  readonly member: string;
}

function contents(tree: RankTree, from = 0, to = tree.size): Pair[] {
  const pairs: Pair[] = [];
  tree.forRange(from, to, (member, score) => pairs.push({ score, member }));
  return pairs;
}

const inOrder = (a: Pair, b: Pair): number => a.score - b.score || (a.member < b.member ? -1 : 1);

/** 7919 is prime to both counts, so every pair comes once, in a scattered order. */
const scattered = (count: number): Pair[] =>
  Array.from({ length: count }, (_, i) => {
    const number = (i * 7919) % count;
    return { score: Math.floor(number / 3), member: `m${number}` };
  });

describe('RankTree', () => {
  it.each([0, 1, 128, 129, 20_000])('keeps %i pairs in order of score, then bytes', (count) => {
    const pairs = scattered(count);
    const tree = new RankTree();
    for (const { score, member } of pairs) tree.insert(score, member);
    expect(tree.size).toBe(count);
    expect(contents(tree)).toEqual(pairs.toSorted(inOrder));
  });

  it('tells the rank of every pair, and any range', () => {
    const pairs = scattered(5000);
    const tree = new RankTree();
    for (const { score, member } of pairs) tree.insert(score, member);
    const sorted = pairs.toSorted(inOrder);
    expect(sorted.map(({ score, member }) => tree.countBelow(score, member))).toEqual(sorted.map((_, rank) => rank));
    for (const [from, to] of [
      [0, 1],
      [127, 130],
      [2500, 2600],
      [4999, 5000],
      [10, 10],
    ] as const) {
      expect(contents(tree, from, to)).toEqual(sorted.slice(from, to));
    }
    expect(tree.countWhile((score) => score < 500)).toBe(1500);
    expect(tree.countWhile(() => true)).toBe(5000);
    expect(tree.countWhile(() => false)).toBe(0);
  });

  it('stays right while pairs are removed, down to the last', () => {
    const pairs = scattered(4000);
    const tree = new RankTree();
    for (const { score, member } of pairs) tree.insert(score, member);
    const left = [...pairs];
    while (left.length > 0) {
      const gone = left.splice(0, 500);
      for (const { score, member } of gone) expect(tree.remove(score, member)).toBe(true);
      expect(tree.remove(gone[0]!.score, gone[0]!.member)).toBe(false);
      expect(contents(tree)).toEqual(left.toSorted(inOrder));
    }
    tree.insert(1, 'again');
    expect(contents(tree)).toEqual([{ score: 1, member: 'again' }]);
  });

  it('orders infinities and equal scores', () => {
    const tree = new RankTree();
    for (const [score, member] of [
      [Infinity, 'top'],
      [-Infinity, 'low'],
      [0, 'b'],
      [0, 'a'],
      [0, ''],
    ] as const) {
      tree.insert(score, member);
    }
    expect(contents(tree).map(({ member }) => member)).toEqual(['low', '', 'a', 'b', 'top']);
  });
});
