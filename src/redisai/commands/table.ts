// Every command of the engine, by family.
import { CommandTable } from './command-table.ts';
import { CONNECTION_COMMANDS } from './connection-commands.ts';
import { COUNTER_COMMANDS } from './counter-commands.ts';
import { EXPIRE_COMMANDS } from './expire-commands.ts';
import { HASH_COMMANDS } from './hash-commands.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { STRING_COMMANDS } from './string-commands.ts';

export const COMMANDS = new CommandTable([
  CONNECTION_COMMANDS,
  KEY_COMMANDS,
  EXPIRE_COMMANDS,
  STRING_COMMANDS,
  COUNTER_COMMANDS,
  HASH_COMMANDS,
]);
