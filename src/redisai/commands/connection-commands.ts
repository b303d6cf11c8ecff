// The conversation itself: who speaks, in which protocol. CLIENT is in client-commands.ts.
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, OK, Status, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { define, family } from './define.ts';
import type { Engine } from './engine.ts';
import * as errors from './errors.ts';
import { parseInteger } from './numbers.ts';
import type { Session } from './session.ts';

/** The release whose replies this engine gives. */
export const REDIS_VERSION = '7.0.15';

const PONG = new Status('PONG');
const RESET = new Status('RESET');

function ping(_: Session, args: Args): Reply {
  if (args.length > 2) return errors.wrongArity('ping');
  return args.length === 2 ? args.text(1) : PONG;
}

function quit(session: Session): Reply {
  session.connection.close();
  return OK;
}

function reset(session: Session): Reply {
  session.reset();
  return RESET;
}

/** True and the session is the user's if the password is right. */
function logIn(session: Session, name: string, password: string): boolean {
  const user = session.engine.users.byName.get(name);
  if (user?.accepts(password) !== true) return false;
  session.user = user;
  session.authenticated = true;
  return true;
}

// AUTH [username] password
function auth(session: Session, args: Args): Reply {
  if (args.length > 3) return errors.SYNTAX;
  if (args.length === 2 && session.engine.users.default.noPassword) return errors.NO_PASSWORD_SET;
  const name = args.length === 3 ? args.text(1) : 'default';
  return logIn(session, name, args.text(args.length - 1)) ? OK : errors.WRONG_PASSWORD;
}

// HELLO [protover [AUTH username password] [SETNAME clientname]]
interface HelloOptions {
  login: { readonly name: string; readonly password: string } | undefined;
  name: string | undefined;
}

function parseHello(args: Args): HelloOptions | ErrorReply {
  const options: HelloOptions = { login: undefined, name: undefined };
  for (let i = 2; i < args.length; i++) {
    if (args.is(i, 'AUTH') && i + 2 < args.length) {
      options.login = { name: args.text(i + 1), password: args.text(i + 2) };
      i += 2;
    } else if (args.is(i, 'SETNAME') && i + 1 < args.length) {
      options.name = args.text(++i);
    } else {
      return new ErrorReply(`ERR Syntax error in HELLO option '${args.text(i)}'`);
    }
  }
  return options;
}

function hello(session: Session, args: Args): Reply {
  const version = args.length > 1 ? parseInteger(args.text(1)) : session.protocol;
  if (version === undefined) return new ErrorReply('ERR Protocol version is not an integer or out of range');
  if (version !== 2 && version !== 3) return errors.NO_PROTOCOL;
  const options = parseHello(args);
  if (options instanceof ErrorReply) return options;
  if (options.login !== undefined && !logIn(session, options.login.name, options.login.password)) {
    return errors.WRONG_PASSWORD;
  }
  if (!session.authenticated) return HELLO_NEEDS_AUTH;
  if (options.name !== undefined && !isClientName(options.name)) return CLIENT_NAME_ERROR;
  session.name = options.name ?? session.name;
  session.protocol = version;
  return describeServer(session);
}

const HELLO_NEEDS_AUTH = new ErrorReply(
  'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
);

function describeServer(session: Session): Reply {
  return new MapReply([
    ['server', 'redis'],
    ['version', REDIS_VERSION],
    ['proto', session.protocol],
    ['id', session.id],
    ['mode', modeOf(session.engine)],
    ['role', 'master'],
    ['modules', [moduleDescription()]],
  ]);
}

/** As HELLO and INFO name it. */
export function modeOf({ cluster }: Engine): string {
  return cluster === undefined ? 'standalone' : 'cluster';
}

/** As MODULE LIST and HELLO show it: the level of RedisAI that the engine answers as. */
export function moduleDescription(): MapReply {
  return new MapReply([
    ['name', 'ai'],
    ['ver', 10207],
    ['path', 'built in'],
    ['args', []],
  ]);
}

export const CLIENT_NAME_ERROR = new ErrorReply(
  'ERR Client names cannot contain spaces, newlines or special characters.',
);

export function isClientName(name: string): boolean {
  return /^[!-~]*$/.test(name);
}

export const CONNECTION_COMMANDS: readonly Command[] = family('connection', [
  define('auth', -2, 'noscript loading stale fast no_auth allow_busy', NO_KEYS, auth),
  define('echo', 2, 'fast', NO_KEYS, (_, args) => args.text(1)),
  define('hello', -1, 'noscript loading stale fast no_auth allow_busy', NO_KEYS, hello),
  define('ping', -1, 'fast', NO_KEYS, ping),
  define('quit', -1, 'noscript loading stale fast no_auth allow_busy', NO_KEYS, quit),
  define('reset', 1, 'noscript loading stale fast no_auth allow_busy', NO_KEYS, reset),
]);
