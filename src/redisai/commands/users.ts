// Who may do what: the users that ACL shows, with passwords, commands and key patterns.
import { createHash, timingSafeEqual } from 'node:crypto';
import { matchesGlob } from '../keyspace/glob.ts';
import type { Command } from './command.ts';
import { categoriesOf } from './categories.ts';
import type { Settings } from './settings.ts';

/** `+get`, `-@admin`, `+config|get`: applied in order, the last that fits decides. */
export interface CommandRule {
  readonly allow: boolean;
  /** Name of a command, or @category. */
  readonly what: string;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

export class User {
  readonly name: string;
  enabled = false;
  noPassword = false;
  /** SHA-256 of each password, hexadecimal. */
  passwords: string[] = [];
  rules: CommandRule[] = [{ allow: false, what: '@all' }];
  /** Globs; `*` for all. */
  keyPatterns: string[] = [];
  /** Globs of channels, as given. */
  channelPatterns: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** True where no password is asked for. */
  get isOpen(): boolean {
    return this.enabled && this.noPassword;
  }

  /** True where nothing has to be checked. */
  get isUnrestricted(): boolean {
    return this.rules.length === 1 && this.rules[0]!.allow && this.keyPatterns[0] === '*';
  }

  accepts(password: string): boolean {
    if (!this.enabled) return false;
    if (this.noPassword) return true;
    const given = Buffer.from(sha256(password));
    // Every password is compared, so that the time taken tells nothing.
    return this.passwords.map((known) => timingSafeEqual(Buffer.from(known), given)).includes(true);
  }

  mayRun(command: Command): boolean {
    const names = [command.name, command.name.split('|')[0]!];
    const categories = categoriesOf(command);
    let allowed = false;
    for (const { allow, what } of this.rules) {
      const fits = what.startsWith('@') ? what === '@all' || categories.includes(what.slice(1)) : names.includes(what);
      if (fits) allowed = allow;
    }
    return allowed;
  }

  get mayUseAllKeys(): boolean {
    return this.keyPatterns.includes('*');
  }

  mayUse(key: string): boolean {
    return this.keyPatterns.some((pattern) => pattern === '*' || matchesGlob(pattern, key));
  }
}

export class Users {
  readonly byName = new Map<string, User>();
  readonly default: User;

  constructor(settings: Settings) {
    this.default = new User('default');
    this.default.enabled = true;
    this.default.rules = [{ allow: true, what: '@all' }];
    this.default.keyPatterns = ['*'];
    this.default.channelPatterns = ['*'];
    this.byName.set('default', this.default);
    this.setDefaultPassword(settings.password);
  }

  /** requirepass. */
  setDefaultPassword(password: string): void {
    this.default.noPassword = password === '';
    this.default.passwords = password === '' ? [] : [sha256(password)];
  }
}
