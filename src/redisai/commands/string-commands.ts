// Strings: SET and GET and what goes with them. Numbers in strings are in counter-commands.ts, bits in bit-commands.ts.
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, type Reply } from '../resp/reply.ts';
import { ALL_KEYS, ONE_KEY, type Command } from './command.ts';
import { define, family } from './define.ts';
import * as errors from './errors.ts';
import { expiryOf, type Expiry } from './expiry-option.ts';
import { lcs } from './lcs-command.ts';
import { setString, stringAt } from './lookup.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';

// SET key value [NX | XX] [GET] [EX s | PX ms | EXAT s | PXAT ms | KEEPTTL]
interface SetOptions {
  condition: 'NX' | 'XX' | undefined;
  get: boolean;
  keepExpiry: boolean;
  expiry: Expiry | undefined;
}

function parseSetOptions(session: Session, args: Args): SetOptions | ErrorReply {
  const options: SetOptions = { condition: undefined, get: false, keepExpiry: false, expiry: undefined };
  for (let i = 3; i < args.length; i++) {
    const word = args.word(i);
    if ((word === 'NX' || word === 'XX') && (options.condition ?? word) === word) options.condition = word;
    else if (word === 'GET') options.get = true;
    else if (word === 'KEEPTTL' && options.expiry === undefined) options.keepExpiry = true;
    else {
      const expiry = options.keepExpiry || options.expiry !== undefined ? undefined : expiryOf(session, args, i, 'set');
      if (expiry === undefined) return errors.SYNTAX;
      if (expiry instanceof ErrorReply) return expiry;
      options.expiry = expiry;
      i++;
    }
  }
  return options;
}

function set(session: Session, args: Args): Reply {
  if (args.length === 3) {
    setString(session, args.text(1), args.text(2));
    return OK;
  }
  const options = parseSetOptions(session, args);
  if (options instanceof ErrorReply) return options;
  const key = args.text(1);
  const before = options.get ? (stringAt(session, key) ?? null) : null;
  const exists = session.database.entry(key) !== undefined;
  if (options.condition === (exists ? 'NX' : 'XX')) return before;
  setString(session, key, args.text(2), options.keepExpiry);
  if (options.expiry !== undefined) session.database.expireAt(key, options.expiry.atMs);
  return options.get ? before : OK;
}

/** SETEX and PSETEX. */
function setExpiring(session: Session, args: Args, unit: 'EX' | 'PX', name: string): Reply {
  const expiry = expiryOf(session, args, 1, name, unit);
  if (expiry instanceof ErrorReply) return expiry;
  setString(session, args.text(1), args.text(3));
  session.database.expireAt(args.text(1), expiry!.atMs);
  return OK;
}

function setIfAbsent(session: Session, args: Args): Reply {
  if (session.database.entry(args.text(1)) !== undefined) return 0;
  setString(session, args.text(1), args.text(2));
  return 1;
}

// GETEX key [EX s | PX ms | EXAT s | PXAT ms | PERSIST]
function getEx(session: Session, args: Args): Reply {
  const persist = args.length === 3 && args.is(2, 'PERSIST');
  const expiry = args.length === 4 ? expiryOf(session, args, 2, 'getex') : undefined;
  if (args.length > 2 && !persist && expiry === undefined) return errors.SYNTAX;
  const value = stringAt(session, args.text(1));
  if (value === undefined) return null;
  if (expiry instanceof ErrorReply) return expiry;
  if (persist) session.database.persist(args.text(1));
  if (expiry !== undefined) session.database.expireAt(args.text(1), expiry.atMs);
  return value;
}

function getDel(session: Session, args: Args): Reply {
  const value = stringAt(session, args.text(1));
  if (value === undefined) return null;
  session.database.delete(args.text(1));
  return value;
}

function getSet(session: Session, args: Args): Reply {
  const before = stringAt(session, args.text(1)) ?? null;
  setString(session, args.text(1), args.text(2));
  return before;
}

function mget(session: Session, args: Args): Reply {
  const replies: Reply[] = [];
  for (let i = 1; i < args.length; i++) {
    const value = session.database.get(args.text(i));
    replies.push(value?.type === 'string' ? value.text : null);
  }
  return replies;
}

function mset(session: Session, args: Args): Reply {
  if (args.length % 2 === 0) return errors.wrongArity('mset');
  for (let i = 1; i < args.length; i += 2) setString(session, args.text(i), args.text(i + 1));
  return OK;
}

function msetIfAbsent(session: Session, args: Args): Reply {
  if (args.length % 2 === 0) return errors.wrongArity('msetnx');
  for (let i = 1; i < args.length; i += 2) if (session.database.entry(args.text(i)) !== undefined) return 0;
  mset(session, args);
  return 1;
}

function append(session: Session, args: Args): Reply {
  const before = stringAt(session, args.text(1));
  const text = (before ?? '') + args.text(2);
  if (text.length > session.engine.settings.bulkBytesMax) return errors.STRING_TOO_LONG;
  setString(session, args.text(1), text, true, before !== undefined);
  return text.length;
}

function setRange(session: Session, args: Args): Reply {
  const offset = integerAt(args, 2);
  if (offset < 0) return errors.OFFSET_OUT_OF_RANGE;
  const before = stringAt(session, args.text(1)) ?? '';
  const patch = args.text(3);
  if (patch === '') return before.length;
  if (offset + patch.length > session.engine.settings.bulkBytesMax) return errors.STRING_TOO_LONG;
  const text = before.slice(0, offset).padEnd(offset, '\0') + patch + before.slice(offset + patch.length);
  setString(session, args.text(1), text, true, true);
  return text.length;
}

function getRange(session: Session, args: Args): Reply {
  const start = integerAt(args, 2);
  const end = integerAt(args, 3);
  const text = stringAt(session, args.text(1)) ?? '';
  if (start < 0 && end < 0 && start > end) return '';
  const from = start < 0 ? Math.max(0, text.length + start) : start;
  const to = end < 0 ? Math.max(0, text.length + end) : end;
  return text.slice(from, to + 1);
}

export const STRING_COMMANDS: readonly Command[] = family('string', [
  define('append', 3, 'write denyoom fast', ONE_KEY, append),
  define('get', 2, 'readonly fast', ONE_KEY, (session, args) => stringAt(session, args.text(1)) ?? null),
  define('getdel', 2, 'write fast', ONE_KEY, getDel),
  define('getex', -2, 'write fast', ONE_KEY, getEx),
  define('getrange', 4, 'readonly', ONE_KEY, getRange),
  define('getset', 3, 'write denyoom fast', ONE_KEY, getSet),
  define('lcs', -3, 'readonly', { first: 1, last: 2, step: 1 }, lcs),
  define('mget', -2, 'readonly fast', ALL_KEYS, mget),
  define('mset', -3, 'write denyoom', { first: 1, last: -1, step: 2 }, mset),
  define('msetnx', -3, 'write denyoom', { first: 1, last: -1, step: 2 }, msetIfAbsent),
  define('psetex', 4, 'write denyoom', ONE_KEY, (session, args) => setExpiring(session, args, 'PX', 'psetex')),
  define('set', -3, 'write denyoom', ONE_KEY, set),
  define('setex', 4, 'write denyoom', ONE_KEY, (session, args) => setExpiring(session, args, 'EX', 'setex')),
  define('setnx', 3, 'write denyoom fast', ONE_KEY, setIfAbsent),
  define('setrange', 4, 'write denyoom', ONE_KEY, setRange),
  define('strlen', 2, 'readonly fast', ONE_KEY, (session, args) => stringAt(session, args.text(1))?.length ?? 0),
  define('substr', 4, 'readonly', ONE_KEY, getRange),
]);
