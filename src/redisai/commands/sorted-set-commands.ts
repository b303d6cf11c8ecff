// Sorted sets: members and scores. Ranges are in sorted-set-range-commands.ts, unions and the like in
// sorted-set-algebra-commands.ts.
import type { SortedSetValue } from '../keyspace/sorted-set-value.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { ONE_KEY, ReplyError, type Command } from './command.ts';
import { define, family } from './define.ts';
import * as errors from './errors.ts';
import { changeSortedSet, sortedSetAt } from './lookup.ts';
import { double, floatAt, formatDouble } from './numbers.ts';
import { parseRandomCount, pick } from './random-picks.ts';
import { scanCollection } from './scan.ts';
import type { Session } from './session.ts';
import { withScores } from './sorted-set-reply.ts';

// ZADD key [NX | XX] [GT | LT] [CH] [INCR] score member [score member …]
const ADD_OPTIONS = new Set(['NX', 'XX', 'GT', 'LT', 'CH', 'INCR']);

interface ScoredMember {
  readonly score: number;
  readonly member: string;
}

function zadd(session: Session, args: Args): Reply {
  const options = new Set<string>();
  let i = 2;
  for (; i < args.length && ADD_OPTIONS.has(args.word(i)); i++) options.add(args.word(i));
  const refusal = refuseAddOptions(options, args.length - i);
  if (refusal !== undefined) return refusal;
  const pairs: ScoredMember[] = [];
  for (; i < args.length; i += 2) pairs.push({ score: floatAt(args, i), member: args.text(i + 1) });
  return options.has('INCR') ? addIncrement(session, args, options, pairs[0]!) : addAll(session, args, options, pairs);
}

function refuseAddOptions(options: Set<string>, rest: number): ErrorReply | undefined {
  if (rest === 0 || rest % 2 === 1) return errors.SYNTAX;
  if (options.has('NX') && options.has('XX')) {
    return new ErrorReply('ERR XX and NX options at the same time are not compatible');
  }
  if (Number(options.has('NX')) + Number(options.has('GT')) + Number(options.has('LT')) > 1) {
    return new ErrorReply('ERR GT, LT, and/or NX options at the same time are not compatible');
  }
  if (options.has('INCR') && rest > 2) {
    return new ErrorReply('ERR INCR option supports a single increment-element pair');
  }
  return undefined;
}

/** The score that the options let a member have; undefined to leave it as it is. */
function allowedScore(options: Set<string>, before: number | undefined, wanted: number): number | undefined {
  if (before === undefined) return options.has('XX') ? undefined : wanted;
  if (options.has('NX')) return undefined;
  if (options.has('GT') && wanted <= before) return undefined;
  if (options.has('LT') && wanted >= before) return undefined;
  return wanted;
}

function addAll(session: Session, args: Args, options: Set<string>, pairs: readonly ScoredMember[]): Reply {
  return changeSortedSet(session, args.text(1), (zset) => {
    let added = 0;
    let changed = 0;
    for (const { score, member } of pairs) {
      const before = zset.score(member);
      const after = allowedScore(options, before, score);
      if (after === undefined) continue;
      if (zset.set(member, after)) added++;
      else if (before !== after) changed++;
    }
    return options.has('CH') ? added + changed : added;
  });
}

function addIncrement(session: Session, args: Args, options: Set<string>, { score, member }: ScoredMember): Reply {
  return changeSortedSet(session, args.text(1), (zset) => {
    const before = zset.score(member);
    const sum = (before ?? 0) + score;
    if (Number.isNaN(sum)) throw new ReplyError(errors.NAN_SCORE.text);
    const after = allowedScore(options, before, sum);
    if (after === undefined) return null;
    zset.set(member, after);
    return double(after);
  });
}

function zincrby(session: Session, args: Args): Reply {
  const pair = { score: floatAt(args, 2), member: args.text(3) };
  return addIncrement(session, args, new Set(), pair);
}

function zrem(session: Session, args: Args): Reply {
  const zset = sortedSetAt(session, args.text(1));
  if (zset === undefined) return 0;
  let removed = 0;
  for (let i = 2; i < args.length; i++) if (zset.delete(args.text(i))) removed++;
  if (removed > 0) session.database.changed(args.text(1));
  return removed;
}

function scoreReply(zset: SortedSetValue | undefined, member: string): Reply {
  const score = zset?.score(member);
  return score === undefined ? null : double(score);
}

function zmscore(session: Session, args: Args): Reply {
  const zset = sortedSetAt(session, args.text(1));
  return Array.from({ length: args.length - 2 }, (_, i) => scoreReply(zset, args.text(i + 2)));
}

// ZRANK key member: WITHSCORE came with Redis 7.2.
function rank(session: Session, args: Args, reverse: boolean): Reply {
  const zset = sortedSetAt(session, args.text(1));
  const below = zset?.rank(args.text(2));
  if (zset === undefined || below === undefined) return null;
  return reverse ? zset.size - 1 - below : below;
}

// ZRANDMEMBER key [count [WITHSCORES]]
function zrandmember(session: Session, args: Args): Reply {
  const count = parseRandomCount(args, 'WITHSCORES');
  if (count instanceof ErrorReply) return count;
  const zset = sortedSetAt(session, args.text(1));
  if (count === undefined) return zset === undefined ? null : pick(zset.index, 1)[0]!;
  if (zset === undefined) return [];
  const members = pick(zset.index, count.count);
  if (!count.withValues) return members;
  return withScores(
    session,
    members.map((member) => [member, zset.score(member)!]),
  );
}

/** ZSCAN prints whole scores as integers where the others fall back to an exponent. */
function scannedScore(score: number): string {
  return Number.isInteger(score) && Math.abs(score) <= 2 ** 63 ? String(score) : formatDouble(score);
}

function zscan(session: Session, args: Args): Reply {
  return scanCollection(args, sortedSetAt(session, args.text(1)), (zset, member) => [
    member,
    scannedScore(zset.score(member)!),
  ]);
}

export const SORTED_SET_COMMANDS: readonly Command[] = family('sortedset', [
  define('zadd', -4, 'write denyoom fast', ONE_KEY, zadd),
  define('zcard', 2, 'readonly fast', ONE_KEY, (session, args) => sortedSetAt(session, args.text(1))?.size ?? 0),
  define('zincrby', 4, 'write denyoom fast', ONE_KEY, zincrby),
  define('zmscore', -3, 'readonly fast', ONE_KEY, zmscore),
  define('zrandmember', -2, 'readonly', ONE_KEY, zrandmember),
  define('zrank', 3, 'readonly fast', ONE_KEY, (session, args) => rank(session, args, false)),
  define('zrem', -3, 'write fast', ONE_KEY, zrem),
  define('zrevrank', 3, 'readonly fast', ONE_KEY, (session, args) => rank(session, args, true)),
  define('zscan', -3, 'readonly', ONE_KEY, zscan),
  define('zscore', 3, 'readonly fast', ONE_KEY, (session, args) =>
    scoreReply(sortedSetAt(session, args.text(1)), args.text(2)),
  ),
]);
