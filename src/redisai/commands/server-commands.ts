// The engine as a whole: INFO, TIME, and the commands of Redis that have little to do here but must answer.
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, OK, Verbatim, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { moduleDescription } from './connection-commands.ts';
import { container, define, help, type Execute } from './define.ts';
import * as errors from './errors.ts';
import { countedKeys } from './key-positions.ts';
import { infoText } from './info-sections.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';

function info(session: Session, args: Args): Reply {
  const words = Array.from({ length: args.length - 1 }, (_, i) => args.text(i + 1).toLowerCase());
  return new Verbatim(infoText(session.engine, words));
}

function time(): Reply {
  const nowMs = Date.now();
  return [
    String(Math.floor(nowMs / 1000)),
    String((nowMs % 1000) * 1000 + (Math.floor(performance.now() * 1000) % 1000)),
  ];
}

// WAIT replicas timeout: there are no replicas
function wait(_: Session, args: Args): Reply {
  integerAt(args, 1);
  return integerAt(args, 2, errors.TIMEOUT_NOT_AN_INTEGER) < 0 ? errors.TIMEOUT_NEGATIVE : 0;
}

const SLOWLOG_COUNT = new ErrorReply('ERR count should be greater than or equal to -1');

// SLOWLOG GET [count]
function slowlogGet(session: Session, args: Args): Reply {
  if (args.length > 3) return errors.wrongArity('slowlog|get');
  const count = args.length === 3 ? integerAt(args, 2, SLOWLOG_COUNT) : 10;
  if (count < -1) return SLOWLOG_COUNT;
  const { entries } = session.engine.slowlog;
  return entries
    .slice(0, count === -1 ? entries.length : count)
    .map(({ id, atSeconds, microseconds, words, client, clientName }) => [
      id,
      atSeconds,
      microseconds,
      words,
      client,
      clientName,
    ]);
}

function slowlogReset(session: Session): Reply {
  session.engine.slowlog.entries = [];
  return OK;
}

/** There is no Lua: the arguments are still checked first, as Redis does. */
const refusingScript =
  (refusal: ErrorReply): Execute =>
  (_, args) => {
    const keys = integerAt(args, 2);
    if (keys > args.length - 3) return errors.TOO_MANY_KEYS;
    return keys < 0 ? errors.NEGATIVE_KEYS : refusal;
  };

function scriptFlush(_: Session, args: Args): Reply {
  const isKnown = args.length === 2 || (args.length === 3 && (args.is(2, 'SYNC') || args.is(2, 'ASYNC')));
  return isKnown ? OK : new ErrorReply('ERR SCRIPT FLUSH only support SYNC|ASYNC option');
}

function scriptExists(_: Session, args: Args): Reply {
  return Array.from({ length: args.length - 2 }, () => 0);
}

const ADMIN = 'admin noscript loading stale';
/** As Redis answers unless its configuration allows more. */
const NO_DEBUG = new ErrorReply(
  'ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a local connection, otherwise you need to set this option in the configuration file, and then restart the server.',
);
const SCRIPTING = { categories: ['scripting'], keysIn: countedKeys(2) };
const refusing = (error: ErrorReply) => (): Reply => error;
const NO_SAMPLES = (_: Session, args: Args): Reply =>
  new ErrorReply(`ERR No samples available for event '${args.text(2)}'`);

export const SERVER_COMMANDS: readonly Command[] = [
  define('info', -1, 'loading stale', NO_KEYS, info, { categories: ['dangerous'] }),
  define('time', 1, 'loading stale fast', NO_KEYS, time),
  define('role', 1, 'noscript loading stale fast', NO_KEYS, () => ['master', 0, []], {
    categories: ['admin', 'dangerous'],
  }),
  define('wait', 3, 'noscript', NO_KEYS, wait, { categories: ['connection'] }),
  define('lolwut', -1, 'readonly fast', NO_KEYS, () => new Verbatim('fraudstream embedded engine\n')),
  define('debug', -2, 'admin noscript loading stale', NO_KEYS, refusing(NO_DEBUG)),
  define('eval', -3, 'noscript stale movablekeys', NO_KEYS, refusingScript(errors.NO_SCRIPTS), SCRIPTING),
  define('eval_ro', -3, 'readonly noscript stale movablekeys', NO_KEYS, refusingScript(errors.NO_SCRIPTS), SCRIPTING),
  define('evalsha', -3, 'noscript stale movablekeys', NO_KEYS, refusingScript(errors.NO_SUCH_SCRIPT), SCRIPTING),
  define(
    'evalsha_ro',
    -3,
    'readonly noscript stale movablekeys',
    NO_KEYS,
    refusingScript(errors.NO_SUCH_SCRIPT),
    SCRIPTING,
  ),
  container(
    'slowlog',
    ['admin', 'dangerous'],
    [
      define('get', -2, 'admin loading stale', NO_KEYS, slowlogGet),
      define('len', 2, 'admin loading stale', NO_KEYS, ({ engine }) => engine.slowlog.entries.length),
      define('reset', 2, 'admin loading stale', NO_KEYS, slowlogReset),
      help(['SLOWLOG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:', 'GET [<count>]', 'LEN', 'RESET']),
    ],
  ),
  container(
    'latency',
    ['admin', 'dangerous'],
    [
      define('latest', 2, ADMIN, NO_KEYS, () => []),
      define('history', 3, ADMIN, NO_KEYS, () => []),
      define('reset', -2, ADMIN, NO_KEYS, () => 0),
      define('graph', 3, ADMIN, NO_KEYS, NO_SAMPLES),
      define('histogram', -2, ADMIN, NO_KEYS, () => new MapReply([])),
      define('doctor', 2, ADMIN, NO_KEYS, () => new Verbatim('Latency is not monitored; see SLOWLOG.\n')),
      help([
        'LATENCY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'LATEST',
        'HISTORY',
        'RESET',
        'GRAPH',
        'HISTOGRAM',
        'DOCTOR',
      ]),
    ],
  ),
  container(
    'module',
    ['admin', 'dangerous'],
    [
      define('list', 2, 'admin noscript', NO_KEYS, () => [moduleDescription()]),
      help(['MODULE <subcommand> [<arg> [value] [opt] ...]. Subcommands are:', 'LIST']),
    ],
  ),
  container(
    'script',
    ['scripting'],
    [
      define('exists', -3, 'noscript', NO_KEYS, scriptExists),
      define('flush', -2, 'noscript', NO_KEYS, scriptFlush),
      define('load', 3, 'noscript stale', NO_KEYS, refusing(errors.NO_SCRIPTS)),
      define(
        'kill',
        2,
        'noscript allow_busy',
        NO_KEYS,
        () => new ErrorReply('NOTBUSY No scripts in execution right now.'),
      ),
      help(['SCRIPT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:', 'EXISTS <sha1> [<sha1> ...]', 'FLUSH']),
    ],
  ),
  container(
    'function',
    ['scripting'],
    [
      define('flush', -2, 'write noscript', NO_KEYS, () => OK),
      define('list', -2, 'noscript', NO_KEYS, () => []),
      help(['FUNCTION <subcommand> [<arg> [value] [opt] ...]. Subcommands are:', 'FLUSH', 'LIST']),
    ],
  ),
];
