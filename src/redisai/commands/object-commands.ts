// What a value looks like inside, and its way out and in: OBJECT, MEMORY, DUMP, RESTORE.
import type { Args } from '../resp/args.ts';
import { isAiValue, type Value } from '../keyspace/value.ts';
import { ErrorReply, OK, type Reply } from '../resp/reply.ts';
import { NO_KEYS, ONE_KEY, type Command } from './command.ts';
import { container, define, family, help } from './define.ts';
import { dumpValue, loadValue } from './dump-payload.ts';
import * as errors from './errors.ts';
import { int64At, integerAt } from './numbers.ts';
import type { Session } from './session.ts';

const OBJECT_KEY = { first: 2, last: 2, step: 1 };

function encodingOf(value: Value): string {
  return isAiValue(value) ? 'raw' : value.encoding;
}

function encoding(session: Session, args: Args): Reply {
  const value = session.database.entry(args.text(2))?.value;
  return value === undefined ? null : encodingOf(value);
}

/** Redis shares the small integers among all who hold them, and says so with this number. */
const SHARED_REFERENCES = 2 ** 31 - 1;
const SHARED_INTEGER = /^(0|[1-9]\d{0,3})$/;

function referenceCount(session: Session, args: Args): Reply {
  const value = session.database.entry(args.text(2))?.value;
  if (value === undefined) return null;
  return value.type === 'string' && SHARED_INTEGER.test(value.text) ? SHARED_REFERENCES : 1;
}

function idleTime(session: Session, args: Args): Reply {
  const entry = session.database.entry(args.text(2));
  return entry === undefined ? null : Math.floor((session.engine.keyspace.nowMs - entry.usedAtMs) / 1000);
}

function frequency(session: Session, args: Args): Reply {
  if (session.database.entry(args.text(2)) === undefined) return null;
  return new ErrorReply(
    'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
  );
}

// MEMORY USAGE key [SAMPLES count]
function memoryUsage(session: Session, args: Args): Reply {
  for (let i = 3; i < args.length; i += 2) {
    if (!args.is(i, 'SAMPLES') || i + 1 >= args.length || integerAt(args, i + 1) < 0) return errors.SYNTAX;
  }
  const key = args.text(2);
  const entry = session.database.entry(key);
  return entry === undefined ? null : key.length + entry.value.memoryBytes;
}

function dump(session: Session, args: Args): Reply {
  const value = session.database.get(args.text(1));
  return value === undefined ? null : dumpValue(value);
}

// RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME s] [FREQ n]
async function restoreLater(value: Promise<Value | undefined>, store: (value: Value) => void) {
  const loaded = await value;
  if (loaded === undefined) return errors.BAD_DUMP;
  store(loaded);
  return OK;
}

function restore(session: Session, args: Args): Reply | Promise<Reply> {
  const options = parseRestoreOptions(args);
  if (options instanceof ErrorReply) return options;
  const { database } = session;
  const key = args.text(1);
  if (!options.replace && database.entry(key) !== undefined) return errors.BUSY_KEY;
  const ttl = Number(int64At(args, 2));
  if (ttl < 0) return new ErrorReply('ERR Invalid TTL value, must be >= 0');
  const store = (value: Value): void => {
    database.set(key, value);
    if (ttl > 0) database.expireAt(key, options.isAbsolute ? ttl : session.engine.keyspace.nowMs + ttl);
  };
  const value = loadValue(session.engine, Buffer.from(args.bytes(3)));
  if (value instanceof Promise) return restoreLater(value, store);
  if (value === undefined) return errors.BAD_DUMP;
  store(value);
  return OK;
}

const INVALID_IDLETIME = new ErrorReply('ERR Invalid IDLETIME value, must be >= 0');
const INVALID_FREQ = new ErrorReply('ERR Invalid FREQ value, must be >= 0 and <= 255');

interface RestoreOptions {
  replace: boolean;
  isAbsolute: boolean;
}

function parseRestoreOptions(args: Args): RestoreOptions | ErrorReply {
  const options: RestoreOptions = { replace: false, isAbsolute: false };
  for (let i = 4; i < args.length; i++) {
    const word = args.word(i);
    if (word === 'REPLACE') options.replace = true;
    else if (word === 'ABSTTL') options.isAbsolute = true;
    else if (word === 'IDLETIME' && i + 1 < args.length) {
      if (integerAt(args, ++i) < 0) return INVALID_IDLETIME;
    } else if (word === 'FREQ' && i + 1 < args.length) {
      const frequency = integerAt(args, ++i);
      if (frequency < 0 || frequency > 255) return INVALID_FREQ;
    } else return errors.SYNTAX;
  }
  return options;
}

export const OBJECT_COMMANDS: readonly Command[] = [
  ...family('keyspace', [
    define('dump', 2, 'readonly', ONE_KEY, dump),
    define('restore', -4, 'write denyoom', ONE_KEY, restore, { categories: ['dangerous'] }),
    define('restore-asking', -4, 'write denyoom asking', ONE_KEY, restore, { categories: ['dangerous'] }),
  ]),
  container(
    'object',
    ['keyspace'],
    [
      define('encoding', 3, 'readonly', OBJECT_KEY, encoding),
      define('refcount', 3, 'readonly', OBJECT_KEY, referenceCount),
      define('idletime', 3, 'readonly', OBJECT_KEY, idleTime),
      define('freq', 3, 'readonly', OBJECT_KEY, frequency),
      help([
        'OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'ENCODING <key>',
        '    Return the kind of internal representation used in order to store the value',
        '    associated with a <key>.',
        'FREQ <key>',
        '    Return the access frequency index of the <key>. The returned integer is',
        '    proportional to the logarithm of the recent access frequency of the key.',
        'IDLETIME <key>',
        '    Return the idle time of the <key>, that is the approximated number of',
        '    seconds elapsed since the last access to the key.',
        'REFCOUNT <key>',
        '    Return the number of references of the value associated with the specified',
        '    <key>.',
      ]),
    ],
  ),
  container(
    'memory',
    [],
    [
      define('usage', -3, 'readonly', OBJECT_KEY, memoryUsage),
      define('doctor', 2, '', NO_KEYS, () => 'This engine counts its memory approximately: see INFO memory.'),
      define('purge', 2, '', NO_KEYS, () => OK),
      help([
        'MEMORY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'USAGE <key> [SAMPLES <count>]',
        'PURGE',
      ]),
    ],
  ),
];
