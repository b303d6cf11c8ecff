// Promise: nodes that are started together share all slots out, each slot once, and each gets a shard.
import { expect, it } from 'vitest';
import { shardTags } from '../../../src/contracts/shard-tags.ts';
import { tagSlot } from '../../../src/core/hash-slot.ts';
import { evenNodes } from '../../../src/local/engine-nodes.ts';
import { plannedNodes } from '../../../src/redisai/cluster/nodes-file.ts';

it.each([2, 3, 4, 12])('%i nodes', (count) => {
  const nodes = plannedNodes(evenNodes(Array.from({ length: count }, (_, index) => 7000 + index)));
  const ranges = nodes.flatMap(({ slots }) => slots);
  expect(ranges[0]![0]).toBe(0);
  expect(ranges.at(-1)![1]).toBe(16_383);
  for (const [index, [from]] of ranges.slice(1).entries()) expect(from).toBe(ranges[index]![1] + 1);
  const holders = shardTags('bench', count).map((tag) =>
    ranges.findIndex(([from, to]) => from <= tagSlot(tag) && tagSlot(tag) <= to),
  );
  expect(holders).toEqual(Array.from({ length: count }, (_, index) => index));
});
