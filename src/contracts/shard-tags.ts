// Shards: hash tags, each with a copy of its own of script, models and reference data. One is the tag itself; of several, the
// tags are looked for among `tag-0`, `tag-1`, … so that each falls into a part of its own of a cluster's slots, and well
// inside it: nodes that share the slots out evenly share the shards out evenly. Every process comes to the same ones.
import { SLOTS, tagSlot } from '../core/hash-slot.ts';

/** In the order of their slots. */
export function shardTags(tag: string, shards: number): readonly string[] {
  if (shards === 1) return [tag];
  const found = new Map<number, string>();
  for (let candidate = 0; found.size < shards; candidate++) {
    const name = `${tag}-${candidate}`;
    const place = (tagSlot(name) / SLOTS) * shards;
    const part = Math.floor(place);
    if (isWellInside(place - part) && !found.has(part)) found.set(part, name);
  }
  return Array.from({ length: shards }, (_, part) => found.get(part)!);
}

/** Parts of slots are cut a little differently by everybody who cuts them. */
const isWellInside = (share: number): boolean => share >= 0.25 && share < 0.75;

/** A partition always uses the same shard: its transactions find the same references, whoever scores them. */
export const shardOf = (partition: number, shards: number): number => partition % shards;
