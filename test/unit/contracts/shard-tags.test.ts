// Promise: whoever computes the shards comes to the same ones, and a cluster's nodes get as many of them as is fair.
import { describe, expect, it } from 'vitest';
import { shardOf, shardTags } from '../../../src/contracts/shard-tags.ts';
import { SLOTS, tagSlot } from '../../../src/core/hash-slot.ts';

/** Shards on each of `nodes` that share the slots out as redis-cli does. */
function perNode(tags: readonly string[], nodes: number): number[] {
  const counts = new Array<number>(nodes).fill(0);
  for (const tag of tags) counts[Math.min(nodes - 1, Math.floor(tagSlot(tag) / (SLOTS / nodes)))]! += 1;
  return counts;
}

describe('the tags of shards', () => {
  it('of one shard are the tag itself', () => {
    expect(shardTags('tag', 1)).toEqual(['tag']);
  });

  it('never change: a stream would not find its references again', () => {
    expect(shardTags('tag', 3)).toMatchInlineSnapshot(`
      [
        "tag-13",
        "tag-0",
        "tag-1",
      ]
    `);
    expect(shardTags('tag', 6)).toMatchInlineSnapshot(`
      [
        "tag-2",
        "tag-52",
        "tag-12",
        "tag-0",
        "tag-50",
        "tag-10",
      ]
    `);
  });

  it.each([
    ['tag', 3, 3],
    ['tag', 6, 3],
    ['tag', 12, 6],
    ['another-tag', 64, 16],
    ['t', 1000, 100],
  ])('of {%s}, %i shards, give each of %i nodes its share', (tag, shards, nodes) => {
    const tags = shardTags(tag, shards);
    expect(new Set(tags).size).toBe(shards);
    expect(perNode(tags, nodes)).toEqual(new Array<number>(nodes).fill(shards / nodes));
  });

  it('differ by one at most where nodes do not divide shards', () => {
    for (const [shards, nodes] of [
      [7, 3],
      [5, 4],
      [16, 6],
    ] as const) {
      const counts = perNode(shardTags('tag', shards), nodes);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('take partitions in turn', () => {
    expect(Array.from({ length: 7 }, (_, partition) => shardOf(partition, 3))).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });
});
