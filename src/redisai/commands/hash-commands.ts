// Hashes.
import type { Args } from '../resp/args.ts';
import type { HashValue } from '../keyspace/hash-value.ts';
import { ErrorReply, MapReply, OK, type Reply } from '../resp/reply.ts';
import { ONE_KEY, type Command } from './command.ts';
import { addDecimals } from './decimal.ts';
import { define, family } from './define.ts';
import * as errors from './errors.ts';
import { changeHash, hashAt } from './lookup.ts';
import { fitsInt64, int64At, parseInt64 } from './numbers.ts';
import { parseRandomCount, pick } from './random-picks.ts';
import { scanCollection } from './scan.ts';
import type { Session } from './session.ts';

/** Sets the pairs from argument 2 on; the number of new fields. */
function setFields(session: Session, args: Args): number {
  return changeHash(session, args.text(1), (hash) => {
    let added = 0;
    for (let i = 2; i + 1 < args.length; i += 2) if (hash.set(args.text(i), args.text(i + 1))) added++;
    return added;
  });
}

function hset(session: Session, args: Args): Reply {
  return args.length % 2 === 1 ? errors.wrongArity('hset') : setFields(session, args);
}

function hmset(session: Session, args: Args): Reply {
  if (args.length % 2 === 1) return errors.wrongArity('hmset');
  setFields(session, args);
  return OK;
}

function hsetnx(session: Session, args: Args): Reply {
  if (hashAt(session, args.text(1))?.has(args.text(2)) === true) return 0;
  return setFields(session, args);
}

function hget(session: Session, args: Args): Reply {
  return hashAt(session, args.text(1))?.get(args.text(2)) ?? null;
}

function hmget(session: Session, args: Args): Reply {
  const hash = hashAt(session, args.text(1));
  const replies: Reply[] = [];
  for (let i = 2; i < args.length; i++) replies.push(hash?.get(args.text(i)) ?? null);
  return replies;
}

function hdel(session: Session, args: Args): Reply {
  const hash = hashAt(session, args.text(1));
  if (hash === undefined) return 0;
  let deleted = 0;
  for (let i = 2; i < args.length; i++) if (hash.delete(args.text(i))) deleted++;
  if (deleted > 0) session.database.changed(args.text(1));
  return deleted;
}

function hincrby(session: Session, args: Args): Reply {
  const by = int64At(args, 3);
  const before = parseInt64(hashAt(session, args.text(1))?.get(args.text(2)) ?? '0');
  if (before === undefined) return errors.HASH_NOT_AN_INTEGER;
  const after = before + by;
  if (!fitsInt64(after)) return errors.OVERFLOW;
  changeHash(session, args.text(1), (hash) => hash.set(args.text(2), after.toString()));
  return after;
}

function hincrbyfloat(session: Session, args: Args): Reply {
  const by = addDecimals('0', args.text(3));
  if (by === 'not a number') return errors.NOT_A_FLOAT;
  if (by === 'not finite') return errors.VALUE_NOT_FINITE;
  const before = hashAt(session, args.text(1))?.get(args.text(2)) ?? '0';
  const sum = addDecimals(before, args.text(3));
  if (sum === 'not a number') return errors.HASH_NOT_A_FLOAT;
  if (sum === 'not finite') return errors.NAN_OR_INFINITY;
  changeHash(session, args.text(1), (hash) => hash.set(args.text(2), sum.text));
  return sum.text;
}

const EMPTY_MAP = new MapReply([]);

function list(session: Session, args: Args, elements: (hash: HashValue) => Iterable<string>): Reply {
  const hash = hashAt(session, args.text(1));
  return hash === undefined ? [] : Array.from(elements(hash));
}

function hgetall(session: Session, args: Args): Reply {
  const hash = hashAt(session, args.text(1));
  return hash === undefined ? EMPTY_MAP : new MapReply([...hash.entries()]);
}

// HRANDFIELD key [count [WITHVALUES]]
function hrandfield(session: Session, args: Args): Reply {
  const count = parseRandomCount(args, 'WITHVALUES');
  if (count instanceof ErrorReply) return count;
  const hash = hashAt(session, args.text(1));
  if (count === undefined) return hash === undefined ? null : pick(hash.index, 1)[0]!;
  if (hash === undefined) return [];
  const fields = pick(hash.index, count.count);
  if (!count.withValues) return fields;
  const pairs = fields.map((field) => [field, hash.get(field)!]);
  return session.protocol === 3 ? pairs : pairs.flat();
}

function hscan(session: Session, args: Args): Reply {
  return scanCollection(args, hashAt(session, args.text(1)), (hash, field) => [field, hash.get(field)!]);
}

export const HASH_COMMANDS: readonly Command[] = family('hash', [
  define('hdel', -3, 'write fast', ONE_KEY, hdel),
  define('hexists', 3, 'readonly fast', ONE_KEY, (session, args) =>
    hashAt(session, args.text(1))?.has(args.text(2)) === true ? 1 : 0,
  ),
  define('hget', 3, 'readonly fast', ONE_KEY, hget),
  define('hgetall', 2, 'readonly', ONE_KEY, hgetall),
  define('hincrby', 4, 'write denyoom fast', ONE_KEY, hincrby),
  define('hincrbyfloat', 4, 'write denyoom fast', ONE_KEY, hincrbyfloat),
  define('hkeys', 2, 'readonly', ONE_KEY, (session, args) => list(session, args, (hash) => hash.keys())),
  define('hlen', 2, 'readonly fast', ONE_KEY, (session, args) => hashAt(session, args.text(1))?.size ?? 0),
  define('hmget', -3, 'readonly fast', ONE_KEY, hmget),
  define('hmset', -4, 'write denyoom fast', ONE_KEY, hmset),
  define('hrandfield', -2, 'readonly', ONE_KEY, hrandfield),
  define('hscan', -3, 'readonly', ONE_KEY, hscan),
  define('hset', -4, 'write denyoom fast', ONE_KEY, hset),
  define('hsetnx', 4, 'write denyoom fast', ONE_KEY, hsetnx),
  define(
    'hstrlen',
    3,
    'readonly fast',
    ONE_KEY,
    (session, args) => hashAt(session, args.text(1))?.get(args.text(2))?.length ?? 0,
  ),
  define('hvals', 2, 'readonly', ONE_KEY, (session, args) => list(session, args, (hash) => hash.values())),
]);
