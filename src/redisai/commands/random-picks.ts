// HRANDFIELD, SRANDMEMBER, ZRANDMEMBER: counts and picks. A negative count picks with repetition.
import type { ScanIndex } from '../keyspace/scan-index.ts';
import type { Args } from '../resp/args.ts';
import type { ErrorReply } from '../resp/reply.ts';
import { OUT_OF_RANGE, SYNTAX } from './errors.ts';
import { integerAt } from './numbers.ts';

export interface RandomCount {
  readonly count: number;
  readonly withValues: boolean;
}

/** Most picks with repetition in one reply; Redis has no such limit but memory. */
export const PICKS_MAX = 10_000_000;

/** `key [count [withWord]]`; undefined without a count. */
export function parseRandomCount(args: Args, withWord: string): RandomCount | ErrorReply | undefined {
  if (args.length === 2) return undefined;
  const count = integerAt(args, 2);
  if (args.length > 4 || (args.length === 4 && !args.is(3, withWord))) return SYNTAX;
  if (count < -PICKS_MAX) return OUT_OF_RANGE;
  return { count, withValues: args.length === 4 };
}

function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}

/** `count` different keys (fewer if there are not so many), or -count keys that may repeat. */
export function pick(index: ScanIndex, count: number): string[] {
  if (count < 0) return Array.from({ length: -count }, () => index.at(randomBelow(index.size)));
  if (count >= index.size) return Array.from({ length: index.size }, (_, i) => index.at(i));
  // Few of many: draw until there are enough. Many: shuffle the beginning of all.
  return count * 3 < index.size ? drawDistinct(index, count) : shuffledBeginning(index, count);
}

function drawDistinct(index: ScanIndex, count: number): string[] {
  const picked = new Set<string>();
  while (picked.size < count) picked.add(index.at(randomBelow(index.size)));
  return [...picked];
}

function shuffledBeginning(index: ScanIndex, count: number): string[] {
  const keys = Array.from({ length: index.size }, (_, i) => index.at(i));
  for (let i = 0; i < count; i++) {
    const other = i + randomBelow(keys.length - i);
    [keys[i], keys[other]] = [keys[other]!, keys[i]!];
  }
  return keys.slice(0, count);
}
