// Keys of any type: whether they are there, what they are, where they go. Expiry is in expire-commands.ts.
import { matchesGlob } from '../keyspace/glob.ts';
import type { Database } from '../keyspace/database.ts';
import { isAiValue, type DataValue } from '../keyspace/value.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, Status, type Reply } from '../resp/reply.ts';
import { ALL_KEYS, NO_KEYS, ONE_KEY, ReplyError, type Command } from './command.ts';
import { define, family } from './define.ts';
import * as errors from './errors.ts';
import { integerAt, parseInteger } from './numbers.ts';
import { parseScanOptions } from './scan.ts';
import type { Session } from './session.ts';

function countKeys(args: Args, isCounted: (key: string) => boolean): number {
  let count = 0;
  for (let i = 1; i < args.length; i++) if (isCounted(args.text(i))) count++;
  return count;
}

function del(session: Session, args: Args): Reply {
  return countKeys(args, (key) => session.database.delete(key));
}

function exists(session: Session, args: Args): Reply {
  return countKeys(args, (key) => session.database.get(key) !== undefined);
}

const NO_TYPE = new Status('none');

function type(session: Session, args: Args): Reply {
  const value = session.database.entry(args.text(1))?.value;
  return value === undefined ? NO_TYPE : new Status(value.type);
}

function rename(session: Session, args: Args): Reply {
  const { database } = session;
  const entry = database.entry(args.text(1));
  if (entry === undefined) return errors.NO_SUCH_KEY;
  move(database, args.text(1), database, args.text(2));
  return OK;
}

function renameIfAbsent(session: Session, args: Args): Reply {
  if (session.database.entry(args.text(1)) === undefined) return errors.NO_SUCH_KEY;
  if (session.database.entry(args.text(2)) !== undefined) return 0;
  rename(session, args);
  return 1;
}

/** The value and its expiry change places; the key must be there. */
function move(from: Database, key: string, to: Database, newKey: string): void {
  const { value, expiresAtMs } = from.entry(key)!;
  if (from === to && key === newKey) return;
  from.delete(key);
  to.set(newKey, value);
  if (expiresAtMs !== 0) to.expireAt(newKey, expiresAtMs);
}

/** @throws ReplyError */
export function databaseAt(session: Session, args: Args, i: number, error: ErrorReply): Database {
  const index = parseInteger(args.text(i));
  if (index === undefined) throw new ReplyError(error.text);
  const database = session.engine.keyspace.databases[index];
  if (database === undefined) throw new ReplyError(errors.DB_OUT_OF_RANGE.text);
  return database;
}

/** A cluster has one database. */
const notInCluster = (command: string): ErrorReply => new ErrorReply(`ERR ${command} is not allowed in cluster mode`);
const COPY_ELSEWHERE = new ErrorReply('ERR Copying to another database is not allowed in cluster mode');

function moveToDatabase(session: Session, args: Args): Reply {
  if (session.engine.cluster !== undefined) return notInCluster('MOVE');
  const target = databaseAt(session, args, 2, errors.NOT_AN_INTEGER);
  if (target === session.database) return errors.SAME_OBJECT;
  if (session.database.entry(args.text(1)) === undefined || target.entry(args.text(1)) !== undefined) return 0;
  move(session.database, args.text(1), target, args.text(1));
  return 1;
}

// COPY source destination [DB n] [REPLACE]
function copy(session: Session, args: Args): Reply {
  let target = session.database;
  let replace = false;
  for (let i = 3; i < args.length; i++) {
    if (args.is(i, 'REPLACE')) replace = true;
    else if (args.is(i, 'DB') && i + 1 < args.length) target = databaseAt(session, args, ++i, errors.NOT_AN_INTEGER);
    else return errors.SYNTAX;
  }
  if (target !== session.database && session.engine.cluster !== undefined) return COPY_ELSEWHERE;
  if (target === session.database && args.text(1) === args.text(2)) return errors.SAME_OBJECT;
  const entry = session.database.entry(args.text(1));
  if (entry === undefined || (!replace && target.entry(args.text(2)) !== undefined)) return 0;
  if (isAiValue(entry.value)) return new ErrorReply('ERR not supported for this module key');
  target.set(args.text(2), copyOf(entry.value));
  if (entry.expiresAtMs !== 0) target.expireAt(args.text(2), entry.expiresAtMs);
  return 1;
}

function copyOf(value: DataValue): DataValue {
  return value.type === 'string' ? value : value.copy();
}

function keys(session: Session, args: Args): Reply {
  const pattern = args.text(1);
  const found: string[] = [];
  for (const key of session.database.keys()) if (pattern === '*' || matchesGlob(pattern, key)) found.push(key);
  return found;
}

function scan(session: Session, args: Args): Reply {
  const { cursor, count, pattern, type } = parseScanOptions(args, 1, true);
  const { database } = session;
  const step = database.scanIndex.scan(cursor, count);
  const found = step.keys.filter((key) => {
    const value = database.entry(key)?.value;
    if (value === undefined || (pattern !== undefined && !matchesGlob(pattern, key))) return false;
    return type === undefined || value.type.toLowerCase() === type.toLowerCase();
  });
  return [String(step.cursor), found];
}

/** Expired keys that are met are removed on the way, so this ends. */
function randomKey(session: Session): Reply {
  const { database } = session;
  while (database.size > 0) {
    const key = database.scanIndex.at(Math.floor(Math.random() * database.size));
    if (database.entry(key) !== undefined) return key;
  }
  return null;
}

function flush(args: Args, clear: () => void): Reply {
  const mode = args.length === 2 ? args.word(1) : 'SYNC';
  if (args.length > 2 || (mode !== 'SYNC' && mode !== 'ASYNC')) return errors.SYNTAX;
  clear();
  return OK;
}

function select(session: Session, args: Args): Reply {
  if (session.engine.cluster !== undefined && integerAt(args, 1) !== 0) return notInCluster('SELECT');
  session.database = databaseAt(session, args, 1, errors.NOT_AN_INTEGER);
  return OK;
}

function swapDatabases(session: Session, args: Args): Reply {
  if (session.engine.cluster !== undefined) return notInCluster('SWAPDB');
  const first = databaseAt(session, args, 1, new ErrorReply('ERR invalid first DB index'));
  const second = databaseAt(session, args, 2, new ErrorReply('ERR invalid second DB index'));
  if (first !== second) first.swapWith(second);
  return OK;
}

export const KEY_COMMANDS: readonly Command[] = family('keyspace', [
  define('copy', -3, 'write denyoom', { first: 1, last: 2, step: 1 }, copy),
  define('dbsize', 1, 'readonly fast', NO_KEYS, (session) => session.database.size),
  define('del', -2, 'write', ALL_KEYS, del),
  define('exists', -2, 'readonly fast', ALL_KEYS, exists),
  define('flushall', -1, 'write', NO_KEYS, (session, args) => flush(args, () => session.engine.keyspace.clear())),
  define('flushdb', -1, 'write', NO_KEYS, (session, args) => flush(args, () => session.database.clear())),
  define('keys', 2, 'readonly', NO_KEYS, keys, { categories: ['dangerous'] }),
  define('move', 3, 'write fast', ONE_KEY, moveToDatabase),
  define('randomkey', 1, 'readonly', NO_KEYS, randomKey),
  define('rename', 3, 'write', { first: 1, last: 2, step: 1 }, rename),
  define('renamenx', 3, 'write fast', { first: 1, last: 2, step: 1 }, renameIfAbsent),
  define('scan', -2, 'readonly', NO_KEYS, scan),
  define('select', 2, 'loading stale fast', NO_KEYS, select, { categories: ['connection'] }),
  define('swapdb', 3, 'write fast', NO_KEYS, swapDatabases, { categories: ['dangerous'] }),
  define('touch', -2, 'readonly fast', ALL_KEYS, exists),
  define('type', 2, 'readonly fast', ONE_KEY, type),
  define('unlink', -2, 'write fast', ALL_KEYS, del),
]);
