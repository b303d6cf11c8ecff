// Sets.
import { SetValue } from '../keyspace/set-value.ts';
import type { Args } from '../resp/args.ts';
import { SetReply, type Reply } from '../resp/reply.ts';
import { ALL_KEYS, ONE_KEY, ReplyError, type Command } from './command.ts';
import { define, family, type Execute } from './define.ts';
import * as errors from './errors.ts';
import { countedKeys } from './key-positions.ts';
import { changeSet, setAt, storeResult } from './lookup.ts';
import { integerAt } from './numbers.ts';
import { pick, PICKS_MAX } from './random-picks.ts';
import { scanCollection } from './scan.ts';
import type { Session } from './session.ts';
import { parseLimit } from './sorted-set-algebra-commands.ts';

function sadd(session: Session, args: Args): Reply {
  return changeSet(session, args.text(1), (set) => {
    let added = 0;
    for (let i = 2; i < args.length; i++) if (set.add(args.text(i))) added++;
    return added;
  });
}

function srem(session: Session, args: Args): Reply {
  const set = setAt(session, args.text(1));
  if (set === undefined) return 0;
  let removed = 0;
  for (let i = 2; i < args.length; i++) if (set.delete(args.text(i))) removed++;
  if (removed > 0) session.database.changed(args.text(1));
  return removed;
}

function smismember(session: Session, args: Args): Reply {
  const set = setAt(session, args.text(1));
  return Array.from({ length: args.length - 2 }, (_, i) => (set?.has(args.text(i + 2)) === true ? 1 : 0));
}

function smove(session: Session, args: Args): Reply {
  const member = args.text(3);
  const source = setAt(session, args.text(1));
  if (source === undefined) return 0;
  const target = setAt(session, args.text(2));
  if (!source.has(member)) return 0;
  if (source === target) return 1;
  source.delete(member);
  session.database.changed(args.text(1));
  changeSet(session, args.text(2), (set) => set.add(member));
  return 1;
}

// SRANDMEMBER key [count]
function srandmember(session: Session, args: Args): Reply {
  if (args.length > 3) return errors.SYNTAX;
  const count = args.length === 3 ? integerAt(args, 2) : undefined;
  if (count !== undefined && count < -PICKS_MAX) return errors.OUT_OF_RANGE;
  const set = setAt(session, args.text(1));
  if (count === undefined) return set === undefined ? null : pick(set.index, 1)[0]!;
  return set === undefined ? [] : pick(set.index, count);
}

// SPOP key [count]
function spop(session: Session, args: Args): Reply {
  if (args.length > 3) return errors.SYNTAX;
  const count = args.length === 3 ? integerAt(args, 2, errors.MUST_BE_POSITIVE) : undefined;
  if (count !== undefined && count < 0) return errors.MUST_BE_POSITIVE;
  const set = setAt(session, args.text(1));
  if (set === undefined) return count === undefined ? null : new SetReply([]);
  const members = pick(set.index, count ?? 1);
  for (const member of members) set.delete(member);
  if (members.length > 0) session.database.changed(args.text(1));
  return count === undefined ? members[0]! : new SetReply(members);
}

type Combine = (sets: readonly SetValue[]) => SetValue;

const EMPTY = new SetValue();

function union(sets: readonly SetValue[]): SetValue {
  const result = new SetValue();
  for (const set of sets) for (const member of set.members()) result.add(member);
  return result;
}

function intersect(sets: readonly SetValue[]): SetValue {
  // The smallest first: the others are only asked about its members.
  const [first, ...rest] = sets.toSorted((a, b) => a.size - b.size) as [SetValue, ...SetValue[]];
  const result = new SetValue();
  for (const member of first.members()) if (rest.every((set) => set.has(member))) result.add(member);
  return result;
}

function subtract(sets: readonly SetValue[]): SetValue {
  const [first, ...rest] = sets as [SetValue, ...SetValue[]];
  const result = new SetValue();
  for (const member of first.members()) if (!rest.some((set) => set.has(member))) result.add(member);
  return result;
}

function setsAt(session: Session, args: Args, from: number, to = args.length): SetValue[] {
  const sets: SetValue[] = [];
  for (let i = from; i < to; i++) sets.push(setAt(session, args.text(i)) ?? EMPTY);
  return sets;
}

const replying =
  (combine: Combine): Execute =>
  (session, args) =>
    new SetReply([...combine(setsAt(session, args, 1)).members()]);

const storing =
  (combine: Combine): Execute =>
  (session, args) =>
    storeResult(session, args.text(1), combine(setsAt(session, args, 2)));

/** Index of the first argument after the keys. @throws ReplyError */
function cardKeysEnd(args: Args): number {
  const count = integerAt(args, 1, errors.NUMKEYS_POSITIVE);
  if (count < 1) throw new ReplyError(errors.NUMKEYS_POSITIVE.text);
  if (count > args.length - 2) throw new ReplyError(errors.TOO_MANY_KEYS.text);
  return 2 + count;
}

// SINTERCARD numkeys key [key …] [LIMIT limit]
function sintercard(session: Session, args: Args): Reply {
  const end = cardKeysEnd(args);
  const limit = parseLimit(args, end);
  const { size } = intersect(setsAt(session, args, 2, end));
  return limit === 0 ? size : Math.min(limit, size);
}

export const SET_COMMANDS: readonly Command[] = family('set', [
  define('sadd', -3, 'write denyoom fast', ONE_KEY, sadd),
  define('scard', 2, 'readonly fast', ONE_KEY, (session, args) => setAt(session, args.text(1))?.size ?? 0),
  define('sdiff', -2, 'readonly', ALL_KEYS, replying(subtract)),
  define('sdiffstore', -3, 'write denyoom', ALL_KEYS, storing(subtract)),
  define('sinter', -2, 'readonly', ALL_KEYS, replying(intersect)),
  define('sintercard', -3, 'readonly movablekeys', { first: 0, last: 0, step: 0 }, sintercard, {
    keysIn: countedKeys(1),
  }),
  define('sinterstore', -3, 'write denyoom', ALL_KEYS, storing(intersect)),
  define('sismember', 3, 'readonly fast', ONE_KEY, (session, args) =>
    setAt(session, args.text(1))?.has(args.text(2)) === true ? 1 : 0,
  ),
  define('smembers', 2, 'readonly', ONE_KEY, replying(union)),
  define('smismember', -3, 'readonly fast', ONE_KEY, smismember),
  define('smove', 4, 'write fast', { first: 1, last: 2, step: 1 }, smove),
  define('spop', -2, 'write fast', ONE_KEY, spop),
  define('srandmember', -2, 'readonly', ONE_KEY, srandmember),
  define('srem', -3, 'write fast', ONE_KEY, srem),
  define('sscan', -3, 'readonly', ONE_KEY, (session, args) =>
    scanCollection(args, setAt(session, args.text(1)), (_, member) => [member]),
  ),
  define('sunion', -2, 'readonly', ALL_KEYS, replying(union)),
  define('sunionstore', -3, 'write denyoom', ALL_KEYS, storing(union)),
]);
