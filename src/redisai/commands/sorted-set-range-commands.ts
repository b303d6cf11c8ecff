// Ranges of sorted sets: ZRANGE, its older sisters, ZCOUNT, ZREMRANGEBY…, ZPOPMIN.
import { SortedSetValue } from '../keyspace/sorted-set-value.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { ONE_KEY, type Command } from './command.ts';
import { define, family, type Execute } from './define.ts';
import * as errors from './errors.ts';
import { sortedSetAt, storeResult } from './lookup.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';
import { withScores } from './sorted-set-reply.ts';
import {
  lexRangeAt,
  pairsIn,
  rankRangeAt,
  scoreRangeAt,
  type RangeFinder,
  type RangeQuery,
} from './sorted-set-range.ts';

type RangeKind = 'rank' | 'score' | 'lex';

/** What an older command fixes by its name and ZRANGE leaves to options. */
interface RangeShape {
  readonly kind: RangeKind | undefined;
  readonly reverse: boolean | undefined;
  readonly stores: boolean;
}

interface RangeOptions {
  kind: RangeKind;
  reverse: boolean;
  withScores: boolean;
  limit: { offset: number; count: number } | undefined;
}

// key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES], from argument `at` on
function parseRangeOptions(args: Args, at: number, shape: RangeShape): RangeOptions | ErrorReply {
  const options: RangeOptions = {
    kind: shape.kind ?? 'rank',
    reverse: shape.reverse ?? false,
    withScores: false,
    limit: undefined,
  };
  for (let i = at; i < args.length; i++) {
    const word = args.word(i);
    if (word === 'WITHSCORES' && !shape.stores) options.withScores = true;
    else if (word === 'LIMIT' && i + 2 < args.length) {
      options.limit = { offset: integerAt(args, i + 1), count: integerAt(args, i + 2) };
      i += 2;
    } else if (word === 'REV' && shape.reverse === undefined) options.reverse = true;
    else if (word === 'BYLEX' && shape.kind === undefined) options.kind = 'lex';
    else if (word === 'BYSCORE' && shape.kind === undefined) options.kind = 'score';
    else return errors.SYNTAX;
  }
  return refuseRangeOptions(options) ?? options;
}

function refuseRangeOptions(options: RangeOptions): ErrorReply | undefined {
  if (options.limit !== undefined && options.kind === 'rank') {
    return new ErrorReply('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  }
  if (options.withScores && options.kind === 'lex') {
    return new ErrorReply('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
  }
  return undefined;
}

function finderOf(args: Args, startAt: number, { kind, reverse }: RangeOptions): RangeFinder {
  if (kind === 'rank') return reverse ? reversedRanks(rankRangeAt(args, startAt)) : rankRangeAt(args, startAt);
  const [minAt, maxAt] = reverse ? [startAt + 1, startAt] : [startAt, startAt + 1];
  return kind === 'score' ? scoreRangeAt(args, minAt, maxAt) : lexRangeAt(args, minAt, maxAt);
}

/** Ranks counted from the end. */
function reversedRanks(find: RangeFinder): RangeFinder {
  return (zset) => {
    const { from, to } = find(zset);
    return { from: zset.size - to, to: zset.size - from };
  };
}

interface ParsedRange {
  readonly query: RangeQuery;
  readonly withScores: boolean;
}

function parseRange(args: Args, startAt: number, shape: RangeShape): ParsedRange | ErrorReply {
  const options = parseRangeOptions(args, startAt + 2, shape);
  if (options instanceof ErrorReply) return options;
  const { offset, count } = options.limit ?? { offset: 0, count: -1 };
  const query = { find: finderOf(args, startAt, options), reverse: options.reverse, offset, count };
  return { query, withScores: options.withScores };
}

function ranging(shape: Omit<RangeShape, 'stores'>): Execute {
  return (session, args) => {
    const range = parseRange(args, 2, { ...shape, stores: false });
    if (range instanceof ErrorReply) return range;
    const zset = sortedSetAt(session, args.text(1));
    const pairs = zset === undefined ? [] : pairsIn(zset, range.query);
    return range.withScores ? withScores(session, pairs) : pairs.map(([member]) => member);
  };
}

// ZRANGESTORE destination source start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count]
function rangeStore(session: Session, args: Args): Reply {
  const range = parseRange(args, 3, { kind: undefined, reverse: undefined, stores: true });
  if (range instanceof ErrorReply) return range;
  const zset = sortedSetAt(session, args.text(2));
  const result = new SortedSetValue();
  if (zset !== undefined) for (const [member, score] of pairsIn(zset, range.query)) result.set(member, score);
  return storeResult(session, args.text(1), result);
}

type FinderAt = (args: Args) => RangeFinder;

const BY_RANK: FinderAt = (args) => rankRangeAt(args, 2);
const BY_SCORE: FinderAt = (args) => scoreRangeAt(args, 2, 3);
const BY_LEX: FinderAt = (args) => lexRangeAt(args, 2, 3);

function counting(finderAt: FinderAt): Execute {
  return (session, args) => {
    const find = finderAt(args);
    const zset = sortedSetAt(session, args.text(1));
    if (zset === undefined) return 0;
    const { from, to } = find(zset);
    return Math.max(0, to - from);
  };
}

function removing(finderAt: FinderAt): Execute {
  return (session, args) => {
    const find = finderAt(args);
    const zset = sortedSetAt(session, args.text(1));
    if (zset === undefined) return 0;
    const pairs = pairsIn(zset, { find, reverse: false, offset: 0, count: -1 });
    for (const [member] of pairs) zset.delete(member);
    if (pairs.length > 0) session.database.changed(args.text(1));
    return pairs.length;
  };
}

/** Takes up to `count` pairs from one end. */
export function popPairs(session: Session, key: string, end: 'min' | 'max', count: number): [string, number][] {
  const zset = sortedSetAt(session, key);
  if (zset === undefined) return [];
  const find: RangeFinder = ({ size }) => ({ from: 0, to: size });
  const pairs = pairsIn(zset, { find, reverse: end === 'max', offset: 0, count });
  for (const [member] of pairs) zset.delete(member);
  if (pairs.length > 0) session.database.changed(key);
  return pairs;
}

// ZPOPMIN key [count]: one pair is flat in RESP3 too, unless a count is given
function popping(end: 'min' | 'max'): Execute {
  return (session, args) => {
    if (args.length > 3) return errors.SYNTAX;
    const count = args.length === 3 ? integerAt(args, 2, errors.MUST_BE_POSITIVE) : 1;
    if (count < 0) return errors.MUST_BE_POSITIVE;
    const pairs = popPairs(session, args.text(1), end, count);
    const reply = withScores(session, pairs);
    return session.protocol === 3 && args.length === 2 ? ((reply as Reply[])[0] ?? []) : reply;
  };
}

const range = (name: string, kind?: RangeKind, reverse?: boolean): Command =>
  define(name, -4, 'readonly', ONE_KEY, ranging({ kind, reverse }));

export const SORTED_SET_RANGE_COMMANDS: readonly Command[] = family('sortedset', [
  range('zrange'),
  range('zrangebylex', 'lex', false),
  range('zrangebyscore', 'score', false),
  range('zrevrange', 'rank', true),
  range('zrevrangebylex', 'lex', true),
  range('zrevrangebyscore', 'score', true),
  define('zrangestore', -5, 'write denyoom', { first: 1, last: 2, step: 1 }, rangeStore),
  define('zcount', 4, 'readonly fast', ONE_KEY, counting(BY_SCORE)),
  define('zlexcount', 4, 'readonly fast', ONE_KEY, counting(BY_LEX)),
  define('zremrangebylex', 4, 'write', ONE_KEY, removing(BY_LEX)),
  define('zremrangebyrank', 4, 'write', ONE_KEY, removing(BY_RANK)),
  define('zremrangebyscore', 4, 'write', ONE_KEY, removing(BY_SCORE)),
  define('zpopmax', -2, 'write fast', ONE_KEY, popping('max')),
  define('zpopmin', -2, 'write fast', ONE_KEY, popping('min')),
]);
