// ACL: users and their rights.
import { randomBytes } from 'node:crypto';
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, OK, type Reply } from '../resp/reply.ts';
import { applyRule, commandRules, describeUser } from './acl-rules.ts';
import { CATEGORIES, categoriesOf } from './categories.ts';
import { NO_KEYS, type Command } from './command.ts';
import { container, define, help } from './define.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';
import { User } from './users.ts';

const USERS_MAX = 10_000;

// ACL SETUSER name [rule …]: all rules or none
function setUser(session: Session, args: Args): Reply {
  const { users, commands } = session.engine;
  const name = args.text(2);
  if (/[\s\0]/.test(name)) return new ErrorReply("ERR Usernames can't contain spaces or null characters");
  const known = users.byName.get(name);
  if (known === undefined && users.byName.size >= USERS_MAX) return new ErrorReply('ERR too many users');
  const draft = Object.assign(new User(name), structuredClone(known ?? {}));
  for (let i = 3; i < args.length; i++) {
    const problem = applyRule(draft, args.text(i), commands);
    if (problem !== undefined) {
      return new ErrorReply(`ERR Error in ACL SETUSER modifier '${args.text(i)}': ${problem}`);
    }
  }
  if (known === undefined) users.byName.set(name, draft);
  else Object.assign(known, draft);
  session.engine.keyspace.changes += 1;
  return OK;
}

// ACL DELUSER name [name …]: connections of the user are closed
function deleteUsers(session: Session, args: Args): Reply {
  const { users, sessions } = session.engine;
  let deleted = 0;
  for (let i = 2; i < args.length; i++) {
    const name = args.text(i);
    if (name === 'default') return new ErrorReply("ERR The 'default' user cannot be removed");
    if (!users.byName.delete(name)) continue;
    deleted++;
    session.engine.keyspace.changes += 1;
    for (const one of sessions.values()) if (one.user.name === name) one.connection.close();
  }
  return deleted;
}

function getUser(session: Session, args: Args): Reply {
  const user = session.engine.users.byName.get(args.text(2));
  if (user === undefined) return null;
  const flags = [user.enabled ? 'on' : 'off', ...(user.noPassword ? ['nopass'] : []), 'sanitize-payload'];
  return new MapReply([
    ['flags', flags],
    ['passwords', user.passwords],
    ['commands', commandRules(user)],
    ['keys', user.keyPatterns.map((pattern) => '~' + pattern).join(' ')],
    ['channels', user.channelPatterns.map((pattern) => '&' + pattern).join(' ')],
    ['selectors', []],
  ]);
}

// ACL CAT [category]
function categories(session: Session, args: Args): Reply {
  if (args.length === 2) return [...CATEGORIES];
  const category = args.text(2).toLowerCase();
  if (!(CATEGORIES as readonly string[]).includes(category)) {
    return new ErrorReply(`ERR Unknown category '${args.text(2)}'`);
  }
  const fitting = [...session.engine.commands.all()].filter((command) => categoriesOf(command).includes(category));
  return fitting.map(({ name }) => name);
}

const GENPASS_BITS = new ErrorReply(
  'ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096',
);

// ACL GENPASS [bits]: as many hexadecimal digits as hold them
function generatePassword(_: Session, args: Args): Reply {
  const bits = args.length > 2 ? integerAt(args, 2) : 256;
  if (bits < 1 || bits > 4096) return GENPASS_BITS;
  return randomBytes(Math.ceil(bits / 8))
    .toString('hex')
    .slice(0, Math.ceil(bits / 4));
}

const ADMIN = 'admin noscript loading stale';
const OPEN = 'noscript loading stale';

export const ACL_COMMANDS: readonly Command[] = [
  container(
    'acl',
    [],
    [
      define('whoami', 2, OPEN, NO_KEYS, (session) => session.user.name),
      define('list', 2, ADMIN, NO_KEYS, ({ engine }) => Array.from(engine.users.byName.values(), describeUser)),
      define('users', 2, ADMIN, NO_KEYS, ({ engine }) => [...engine.users.byName.keys()]),
      define('getuser', 3, ADMIN, NO_KEYS, getUser),
      define('setuser', -3, ADMIN, NO_KEYS, setUser),
      define('deluser', -3, ADMIN, NO_KEYS, deleteUsers),
      define('cat', -2, OPEN, NO_KEYS, categories),
      define('genpass', -2, OPEN, NO_KEYS, generatePassword),
      help([
        'ACL <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'CAT',
        'DELUSER',
        'GENPASS',
        'GETUSER',
        'LIST',
        'SETUSER',
        'USERS',
        'WHOAMI',
      ]),
    ],
  ),
];
