// The words of ACL SETUSER, and how a user's rules are written down again.
//
//   on | off | nopass | resetpass | >password | <password | #sha256 | !sha256
//   +command | -command | +@category | -@category | allcommands | nocommands
//   ~glob | allkeys | resetkeys | &glob | allchannels | resetchannels | reset
import { CATEGORIES } from './categories.ts';
import type { CommandTable } from './command-table.ts';
import { sha256, type CommandRule, type User } from './users.ts';

type Rule = (user: User) => void;

const WORDS: ReadonlyMap<string, Rule> = new Map(
  Object.entries<Rule>({
    on: (user) => (user.enabled = true),
    off: (user) => (user.enabled = false),
    nopass: (user) => setPasswords(user, [], true),
    resetpass: (user) => setPasswords(user, [], false),
    allcommands: (user) => (user.rules = [{ allow: true, what: '@all' }]),
    nocommands: (user) => (user.rules = [{ allow: false, what: '@all' }]),
    allkeys: (user) => (user.keyPatterns = ['*']),
    resetkeys: (user) => (user.keyPatterns = []),
    allchannels: (user) => (user.channelPatterns = ['*']),
    resetchannels: (user) => (user.channelPatterns = []),
    reset,
  }),
);

function reset(user: User): void {
  user.enabled = false;
  setPasswords(user, [], false);
  user.rules = [{ allow: false, what: '@all' }];
  user.keyPatterns = [];
  user.channelPatterns = [];
}

function setPasswords(user: User, passwords: string[], noPassword: boolean): void {
  user.passwords = passwords;
  user.noPassword = noPassword;
}

/** Changes the user; says what is wrong with the word, if anything. */
export function applyRule(user: User, word: string, commands: CommandTable): string | undefined {
  const rule = WORDS.get(word.toLowerCase());
  if (rule !== undefined) {
    rule(user);
    return undefined;
  }
  const rest = word.slice(1);
  switch (word[0]) {
    case '+':
    case '-':
      return addCommandRule(user, word.startsWith('+'), rest.toLowerCase(), commands);
    case '~':
      if (!user.keyPatterns.includes('*')) user.keyPatterns.push(rest);
      return undefined;
    case '&':
      if (!user.channelPatterns.includes('*')) user.channelPatterns.push(rest);
      return undefined;
    default:
      return changePassword(user, word, rest);
  }
}

function addCommandRule(user: User, allow: boolean, what: string, commands: CommandTable): string | undefined {
  if (what === '@all') {
    user.rules = [{ allow, what }];
    return undefined;
  }
  if (what.startsWith('@')) {
    const known = (CATEGORIES as readonly string[]).includes(what.slice(1));
    if (!known) return 'Unknown command or category name in ACL';
  } else {
    const [name, sub] = what.split('|') as [string, string | undefined];
    const command = commands.find(name);
    const isKnown = command !== undefined && (sub === undefined || command.subcommands?.has(sub) === true);
    if (!isKnown) return 'Unknown command or category name in ACL';
  }
  user.rules = [...user.rules.filter((rule) => rule.what !== what), { allow, what }];
  return undefined;
}

const HASH = /^[0-9a-f]{64}$/;

function changePassword(user: User, word: string, rest: string): string | undefined {
  const hash = word.startsWith('#') || word.startsWith('!') ? rest : sha256(rest);
  if (!HASH.test(hash))
    return 'The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters';
  if (word.startsWith('>') || word.startsWith('#')) {
    setPasswords(user, [...new Set([...user.passwords, hash])], false);
    return undefined;
  }
  if (!word.startsWith('<') && !word.startsWith('!')) return 'Syntax error';
  if (!user.passwords.includes(hash)) return 'The password you are trying to remove from the user does not exist';
  user.passwords = user.passwords.filter((one) => one !== hash);
  return undefined;
}

/** `+@all`, `-@all +get`: the user's command rules in order. */
export function commandRules(user: User): string {
  return user.rules.map(commandRule).join(' ');
}

const commandRule = ({ allow, what }: CommandRule): string => (allow ? '+' : '-') + what;

const prefixed = (prefix: string, patterns: readonly string[]): string[] => patterns.map((one) => prefix + one);

/** The words of ACL SETUSER that make the user out of a new one. */
export function userRules(user: User): string[] {
  return [
    user.enabled ? 'on' : 'off',
    ...(user.noPassword ? ['nopass'] : []),
    ...prefixed('#', user.passwords),
    ...(user.keyPatterns.length === 0 ? ['resetkeys'] : prefixed('~', user.keyPatterns)),
    ...(user.channelPatterns.length === 0 ? ['resetchannels'] : prefixed('&', user.channelPatterns)),
    ...user.rules.map(commandRule),
  ];
}

/** One line of ACL LIST. */
export function describeUser(user: User): string {
  return ['user', user.name, ...userRules(user)].join(' ');
}
