// What part of a sorted set is meant: by rank, by score or by the bytes of the members. Each ends as ranks from … to.
//
//   score bound = float | "(" float        "(" leaves the bound itself out
//   lex bound   = "[" bytes | "(" bytes | "-" | "+"
import type { SortedSetValue } from '../keyspace/sorted-set-value.ts';
import type { Args } from '../resp/args.ts';
import { ReplyError } from './command.ts';
import { MIN_MAX_FLOAT, MIN_MAX_STRING } from './errors.ts';
import { integerAt, parseFloat64 } from './numbers.ts';

/** Ranks from ≤ rank < to. */
export interface RankRange {
  readonly from: number;
  readonly to: number;
}

/** Finds its ranks in a sorted set. */
export type RangeFinder = (zset: SortedSetValue) => RankRange;

/** Ranks as ZRANGE counts them: both ends included, negative ones from the end. @throws ReplyError */
export function rankRangeAt(args: Args, startAt: number): RangeFinder {
  const start = integerAt(args, startAt);
  const stop = integerAt(args, startAt + 1);
  return ({ size }) => ({
    from: Math.max(0, start < 0 ? start + size : start),
    to: Math.min(size, (stop < 0 ? stop + size : stop) + 1),
  });
}

interface Bound<T> {
  readonly value: T;
  readonly exclusive: boolean;
}

function scoreBound(text: string): Bound<number> {
  const exclusive = text.startsWith('(');
  const value = parseFloat64(exclusive ? text.slice(1) : text);
  if (value === undefined) throw new ReplyError(MIN_MAX_FLOAT.text);
  return { value, exclusive };
}

/** @throws ReplyError */
export function scoreRangeAt(args: Args, minAt: number, maxAt: number): RangeFinder {
  const min = scoreBound(args.text(minAt));
  const max = scoreBound(args.text(maxAt));
  return ({ ordered }) => ({
    from: ordered.countWhile((score) => (min.exclusive ? score <= min.value : score < min.value)),
    to: ordered.countWhile((score) => (max.exclusive ? score < max.value : score <= max.value)),
  });
}

type LexBound = Bound<string> | 'first' | 'last';

function lexBound(text: string): LexBound {
  if (text === '-') return 'first';
  if (text === '+') return 'last';
  if (text.startsWith('(') || text.startsWith('[')) return { value: text.slice(1), exclusive: text.startsWith('(') };
  throw new ReplyError(MIN_MAX_STRING.text);
}

/** Number of members below a bound; `isUpper` where members equal to an inclusive bound count as below. */
function countBelow({ ordered, size }: SortedSetValue, bound: LexBound, isUpper: boolean): number {
  if (bound === 'first') return 0;
  if (bound === 'last') return size;
  const takesEqual = bound.exclusive !== isUpper;
  return ordered.countWhile((_, member) => (takesEqual ? member <= bound.value : member < bound.value));
}

/** @throws ReplyError */
export function lexRangeAt(args: Args, minAt: number, maxAt: number): RangeFinder {
  const min = lexBound(args.text(minAt));
  const max = lexBound(args.text(maxAt));
  return (zset) => ({ from: countBelow(zset, min, false), to: countBelow(zset, max, true) });
}

export interface RangeQuery {
  readonly find: RangeFinder;
  readonly reverse: boolean;
  readonly offset: number;
  /** Negative: all. */
  readonly count: number;
}

/** The pairs of a range in the order asked for. */
export function pairsIn(zset: SortedSetValue, query: RangeQuery): [string, number][] {
  const { from, to } = query.find(zset);
  const { offset, reverse } = query;
  const size = Math.max(0, to - from);
  if (offset < 0 || offset >= size) return [];
  const count = query.count < 0 ? size - offset : Math.min(query.count, size - offset);
  const first = reverse ? to - offset - count : from + offset;
  const pairs: [string, number][] = [];
  zset.ordered.forRange(first, first + count, (member, score) => pairs.push([member, score]));
  return reverse ? pairs.reverse() : pairs;
}
