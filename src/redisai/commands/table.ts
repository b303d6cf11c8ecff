// Every command of the engine, by family.
import { ACL_COMMANDS } from './acl-commands.ts';
import { AI_COMMANDS } from './ai-commands.ts';
import { BIT_COMMANDS } from './bit-commands.ts';
import { BLOCKING_COMMANDS } from './blocking-commands.ts';
import { CLIENT_COMMANDS } from './client-commands.ts';
import { CLUSTER_COMMANDS } from './cluster-commands.ts';
import { COMMAND_COMMANDS } from './command-commands.ts';
import { CommandTable } from './command-table.ts';
import { CONFIG_COMMANDS } from './config-commands.ts';
import { CONNECTION_COMMANDS } from './connection-commands.ts';
import { COUNTER_COMMANDS } from './counter-commands.ts';
import { EXPIRE_COMMANDS } from './expire-commands.ts';
import { HASH_COMMANDS } from './hash-commands.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { LIST_COMMANDS } from './list-commands.ts';
import { MIGRATE_COMMANDS } from './migrate-command.ts';
import { OBJECT_COMMANDS } from './object-commands.ts';
import { PERSISTENCE_COMMANDS } from './persistence-commands.ts';
import { SERVER_COMMANDS } from './server-commands.ts';
import { SET_COMMANDS } from './set-commands.ts';
import { SORTED_SET_ALGEBRA_COMMANDS } from './sorted-set-algebra-commands.ts';
import { SORTED_SET_COMMANDS } from './sorted-set-commands.ts';
import { SORTED_SET_RANGE_COMMANDS } from './sorted-set-range-commands.ts';
import { SORT_COMMANDS } from './sort-commands.ts';
import { PUBSUB_COMMANDS } from './pubsub-commands.ts';
import { STRING_COMMANDS } from './string-commands.ts';
import { TRANSACTION_COMMANDS } from './transaction-commands.ts';

export const COMMANDS = new CommandTable([
  CONNECTION_COMMANDS,
  KEY_COMMANDS,
  EXPIRE_COMMANDS,
  OBJECT_COMMANDS,
  MIGRATE_COMMANDS,
  STRING_COMMANDS,
  COUNTER_COMMANDS,
  BIT_COMMANDS,
  HASH_COMMANDS,
  LIST_COMMANDS,
  SET_COMMANDS,
  SORTED_SET_COMMANDS,
  SORTED_SET_RANGE_COMMANDS,
  SORTED_SET_ALGEBRA_COMMANDS,
  BLOCKING_COMMANDS,
  SORT_COMMANDS,
  PUBSUB_COMMANDS,
  TRANSACTION_COMMANDS,
  SERVER_COMMANDS,
  CLUSTER_COMMANDS,
  PERSISTENCE_COMMANDS,
  CONFIG_COMMANDS,
  CLIENT_COMMANDS,
  COMMAND_COMMANDS,
  ACL_COMMANDS,
  AI_COMMANDS,
]);
