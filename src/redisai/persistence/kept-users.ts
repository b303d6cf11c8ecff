// Users as records of a snapshot. `default` is not among them: its password is a setting of each start.
import { messageOf } from '../../core/errors.ts';
import { applyRule, userRules } from '../commands/acl-rules.ts';
import type { CommandTable } from '../commands/command-table.ts';
import { User, type Users } from '../commands/users.ts';
import { USERS } from './snapshot-format.ts';
import type { KeptEntry } from './snapshot-taker.ts';

export function keptUsers({ byName, default: settingsUser }: Users): KeptEntry[] {
  const users = [...byName.values()].filter((user) => user !== settingsUser);
  return users.map((user) => ({
    database: USERS,
    key: user.name,
    expiresAtMs: 0,
    payload: Buffer.from(JSON.stringify(userRules(user))),
  }));
}

/** Adds the user of a record; says what is wrong with the record, if anything. */
export function restoreUser(users: Users, { key, payload }: KeptEntry, commands: CommandTable): string | undefined {
  const words = wordsOf(payload);
  if (typeof words === 'string') return words;
  const user = new User(key);
  for (const word of words) {
    const problem = applyRule(user, word, commands);
    if (problem !== undefined) return `${word}: ${problem}`;
  }
  users.byName.set(key, user);
  return undefined;
}

function wordsOf(payload: Uint8Array): readonly string[] | string {
  try {
    const words: unknown = JSON.parse(Buffer.from(payload).toString());
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
    return 'it is no list of words';
  } catch (error) {
    return messageOf(error);
  }
}
