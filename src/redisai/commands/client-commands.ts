// CLIENT: who is connected, and what a connection says of itself.
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, OK, Replies, Verbatim, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { CLIENT_NAME_ERROR, isClientName } from './connection-commands.ts';
import { container, define, help } from './define.ts';
import * as errors from './errors.ts';
import { integerAt } from './numbers.ts';
import { Pause } from './pause.ts';
import type { Session } from './session.ts';

/** One line of CLIENT LIST. */
function describe(session: Session): string {
  const nowMs = Date.now();
  const { transaction } = session;
  const fields: [string, string | number][] = [
    ['id', session.id],
    ['addr', session.connection.remoteAddress],
    ['laddr', session.connection.localAddress],
    ['fd', session.id],
    ['name', session.name],
    ['age', Math.floor((nowMs - session.connectedAtMs) / 1000)],
    ['idle', Math.floor((nowMs - session.lastCommandAtMs) / 1000)],
    ['flags', flagsOf(session)],
    ['db', session.database.index],
    ['sub', 0],
    ['psub', 0],
    ['ssub', 0],
    ['multi', transaction === undefined ? -1 : transaction.queue.length],
    ['qbuf', 0],
    ['qbuf-free', 0],
    ['argv-mem', 0],
    ['multi-mem', 0],
    ['rbs', 0],
    ['rbp', 0],
    ['obl', 0],
    ['oll', 0],
    ['omem', 0],
    ['tot-mem', 0],
    ['events', 'r'],
    ['cmd', session.lastCommand],
    ['user', session.user.name],
    ['redir', -1],
    ['resp', session.protocol],
  ];
  return fields.map(([name, value]) => `${name}=${value}`).join(' ');
}

function flagsOf(session: Session): string {
  const flags = [session.transaction && 'x', session.blocked && 'b', session.noEvict && 'e'].filter(Boolean);
  return flags.length === 0 ? 'N' : flags.join('');
}

function setName(session: Session, args: Args): Reply {
  if (!isClientName(args.text(2))) return CLIENT_NAME_ERROR;
  session.name = args.text(2);
  return OK;
}

// CLIENT SETINFO LIB-NAME | LIB-VER value (Redis 7.2; clients send it and shrug off an error)
function setInfo(session: Session, args: Args): Reply {
  const field = args.word(2);
  if (field !== 'LIB-NAME' && field !== 'LIB-VER') return new ErrorReply(`ERR Unrecognized option '${args.text(2)}'`);
  if (!isClientName(args.text(3))) {
    return new ErrorReply(`ERR ${args.text(2)} cannot contain spaces, newlines or special characters.`);
  }
  if (field === 'LIB-NAME') session.libraryName = args.text(3);
  else session.libraryVersion = args.text(3);
  return OK;
}

// CLIENT LIST [TYPE type] [ID id …]
function list(session: Session, args: Args): Reply {
  let shown = [...session.engine.sessions.values()];
  if (args.length > 2) {
    if (args.is(2, 'TYPE') && args.length === 4) {
      if (!isClientType(args.text(3))) return unknownClientType(args.text(3));
      if (!args.is(3, 'NORMAL')) shown = [];
    } else if (args.is(2, 'ID') && args.length > 3) {
      const ids = new Set(Array.from({ length: args.length - 3 }, (_, i) => integerAt(args, i + 3, INVALID_ID)));
      shown = shown.filter((one) => ids.has(one.id));
    } else {
      return errors.SYNTAX;
    }
  }
  return new Verbatim(shown.map((one) => describe(one) + '\n').join(''));
}

function isClientType(type: string): boolean {
  return ['NORMAL', 'MASTER', 'REPLICA', 'SLAVE', 'PUBSUB'].includes(type.toUpperCase());
}

function unknownClientType(type: string): ErrorReply {
  return new ErrorReply(`ERR Unknown client type '${type}'`);
}

const INVALID_ID = new ErrorReply('ERR Invalid client ID');
const ID_NOT_POSITIVE = new ErrorReply('ERR client-id should be greater than 0');
const NO_SUCH_CLIENT = new ErrorReply('ERR No such client');

// CLIENT KILL addr:port | CLIENT KILL ID id | ADDR a | LADDR a | USER name | SKIPME yes/no | TYPE t …
function kill(session: Session, args: Args): Reply {
  const { sessions } = session.engine;
  if (args.length === 3) {
    const found = [...sessions.values()].find((one) => one.connection.remoteAddress === args.text(2));
    if (found === undefined) return NO_SUCH_CLIENT;
    end(session, found);
    return OK;
  }
  if (args.length % 2 === 1) return errors.SYNTAX;
  const victims = victimsOf(session, args);
  if (victims instanceof ErrorReply) return victims;
  for (const victim of victims) end(session, victim);
  return victims.length;
}

type Filter = (session: Session, value: string) => boolean;

const KILL_FILTERS: Readonly<Record<string, Filter>> = {
  ID: (one, value) => String(one.id) === value,
  ADDR: (one, value) => one.connection.remoteAddress === value,
  LADDR: (one, value) => one.connection.localAddress === value,
  USER: (one, value) => one.user.name === value,
  TYPE: (_, value) => value.toLowerCase() === 'normal',
};

function victimsOf(session: Session, args: Args): Session[] | ErrorReply {
  let victims = [...session.engine.sessions.values()];
  let skipMe = true;
  for (let i = 2; i < args.length; i += 2) {
    const filter = KILL_FILTERS[args.word(i)];
    const value = args.text(i + 1);
    if (args.is(i, 'ID') && integerAt(args, i + 1, ID_NOT_POSITIVE) < 1) return ID_NOT_POSITIVE;
    if (args.is(i, 'TYPE') && !isClientType(value)) return unknownClientType(value);
    if (args.is(i, 'USER') && !session.engine.users.byName.has(value)) {
      return new ErrorReply(`ERR No such user '${value}'`);
    }
    if (filter !== undefined) victims = victims.filter((one) => filter(one, value));
    else if (args.is(i, 'SKIPME') && /^(yes|no)$/i.test(value)) skipMe = value.toLowerCase() === 'yes';
    else return errors.SYNTAX;
  }
  return victims.filter((one) => !skipMe || one !== session);
}

/** One's own connection is closed after the reply. */
function end(session: Session, victim: Session): void {
  if (victim === session) victim.connection.close();
  else victim.connection.destroy();
}

// CLIENT UNBLOCK id [TIMEOUT | ERROR]
function unblock(session: Session, args: Args): Reply {
  const id = integerAt(args, 2);
  const withError = args.length === 4 && args.is(3, 'ERROR');
  if (args.length > 3 && !withError && !args.is(3, 'TIMEOUT')) {
    return new ErrorReply('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  }
  const blocked = session.engine.sessions.get(id)?.blocked;
  if (blocked === undefined) return 0;
  if (withError) blocked.finish(errors.UNBLOCKED);
  else blocked.timeOut();
  return 1;
}

const NOTHING = new Replies([]);

// CLIENT REPLY ON | OFF | SKIP
function reply(session: Session, args: Args): Reply {
  switch (args.word(2)) {
    case 'ON':
      session.replies = 'on';
      return OK;
    case 'OFF':
      session.replies = 'off';
      return NOTHING;
    case 'SKIP':
      if (session.replies === 'on') session.replies = 'skip-next';
      return NOTHING;
    default:
      return errors.SYNTAX;
  }
}

function noEvict(session: Session, args: Args): Reply {
  if (!args.is(2, 'ON') && !args.is(2, 'OFF')) return errors.SYNTAX;
  session.noEvict = args.is(2, 'ON');
  return OK;
}

function tracking(_: Session, args: Args): Reply {
  if (args.is(2, 'OFF')) return OK;
  return args.is(2, 'ON')
    ? new ErrorReply('ERR this engine does not track keys for client-side caches')
    : errors.SYNTAX;
}

// CLIENT PAUSE timeout [WRITE | ALL]
function pause({ engine }: Session, args: Args): Reply {
  const mode = args.length === 3 ? 'ALL' : args.word(3);
  if (args.length > 4 || (mode !== 'WRITE' && mode !== 'ALL')) {
    return new ErrorReply('ERR CLIENT PAUSE mode must be WRITE or ALL');
  }
  const timeoutMs = integerAt(args, 2, errors.TIMEOUT_NOT_AN_INTEGER);
  if (timeoutMs < 0) return errors.TIMEOUT_NEGATIVE;
  const endsAtMs = Date.now() + timeoutMs;
  const pauseMode = mode === 'ALL' ? 'all' : 'write';
  if (engine.pause === undefined) engine.pause = new Pause(pauseMode, endsAtMs, () => (engine.pause = undefined));
  else engine.pause.extend(pauseMode, endsAtMs);
  return OK;
}

function unpause({ engine }: Session): Reply {
  engine.pause?.end();
  return OK;
}

const TRACKING_INFO = new MapReply([
  ['flags', ['off']],
  ['redirect', -1],
  ['prefixes', []],
]);

const FLAGS = 'noscript loading stale';

export const CLIENT_COMMANDS: readonly Command[] = [
  container(
    'client',
    ['connection'],
    [
      define('id', 2, FLAGS, NO_KEYS, (session) => session.id),
      define('info', 2, FLAGS, NO_KEYS, (session) => new Verbatim(describe(session) + '\n')),
      define('list', -2, `admin ${FLAGS}`, NO_KEYS, list),
      define('kill', -3, `admin ${FLAGS}`, NO_KEYS, kill),
      define('getname', 2, FLAGS, NO_KEYS, (session) => (session.name === '' ? null : session.name)),
      define('setname', 3, FLAGS, NO_KEYS, setName),
      define('setinfo', 4, FLAGS, NO_KEYS, setInfo),
      define('unblock', -3, `admin ${FLAGS}`, NO_KEYS, unblock),
      define('reply', 3, FLAGS, NO_KEYS, reply),
      define('no-evict', 3, `admin ${FLAGS}`, NO_KEYS, noEvict),
      define('pause', -3, `admin ${FLAGS}`, NO_KEYS, pause),
      define('unpause', 2, `admin ${FLAGS}`, NO_KEYS, unpause),
      define('tracking', -3, FLAGS, NO_KEYS, tracking),
      define('trackinginfo', 2, FLAGS, NO_KEYS, () => TRACKING_INFO),
      define('getredir', 2, FLAGS, NO_KEYS, () => -1),
      help([
        'CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'GETNAME',
        'ID',
        'INFO',
        'KILL',
        'LIST',
      ]),
    ],
  ),
];
