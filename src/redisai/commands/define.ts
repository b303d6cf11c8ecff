// Short ways to write down a command, so that a family's table is one line per command.
import type { Args } from '../resp/args.ts';
import { Status, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command, type CommandFlag, type KeyPositions } from './command.ts';
import type { Session } from './session.ts';

export type Execute = (session: Session, args: Args) => Reply | Promise<Reply>;

export interface CommandExtras {
  readonly categories?: readonly string[];
  readonly keysIn?: NonNullable<Command['keysIn']>;
  readonly routingKeysIn?: NonNullable<Command['routingKeysIn']>;
}

/** `flags` are words separated by blanks, as COMMAND lists them. */
export function define(
  name: string,
  arity: number,
  flags: string,
  keys: KeyPositions,
  execute: Execute,
  extras: CommandExtras = {},
): Command {
  return { name, arity, flags: flagsOf(flags), keys, execute, ...extras };
}

/** A family: every command of it is in this ACL category too. */
export function family(category: string, commands: readonly Command[]): readonly Command[] {
  return commands.map((command) => ({ ...command, categories: [category, ...(command.categories ?? [])] }));
}

/** A command that is nothing but its subcommands. Theirs are named `name|subcommand`. */
export function container(name: string, categories: readonly string[], subcommands: readonly Command[]): Command {
  const named = subcommands.map((sub) => ({ ...sub, name: `${name}|${sub.name}`, categories }));
  return {
    name,
    arity: -2,
    flags: [],
    keys: NO_KEYS,
    categories,
    subcommands: new Map(named.map((sub, i) => [subcommands[i]!.name, sub])),
    // Never run: dispatch finds the subcommand or answers that there is none.
    execute: () => null,
  };
}

/** HELP of a container. */
export function help(lines: readonly string[]): Command {
  const text = [...lines, 'HELP', '    Prints this help.'].map((line) => new Status(line));
  return define('help', 2, 'loading stale', NO_KEYS, () => text);
}

function flagsOf(words: string): CommandFlag[] {
  return words.split(' ').filter((word) => word !== '') as CommandFlag[];
}
