// MULTI, EXEC and WATCH. Nothing runs between the commands of a transaction: the engine has one thread of commands.
import type { Args } from '../resp/args.ts';
import { NULL_ARRAY, OK, type Reply } from '../resp/reply.ts';
import { ALL_KEYS, NO_KEYS, type Command } from './command.ts';
import { define, family } from './define.ts';
import { asCaller, runCommand } from './dispatch.ts';
import * as errors from './errors.ts';
import type { Session, Transaction } from './session.ts';

function multi(session: Session): Reply {
  if (session.transaction !== undefined) return errors.NESTED_MULTI;
  session.transaction = { queue: [], queuedBytes: 0, broken: false };
  return OK;
}

function exec(session: Session): Reply {
  const { transaction } = session;
  if (transaction === undefined) return errors.EXEC_WITHOUT_MULTI;
  const isStale = session.dirty || session.hasExpiredWatch;
  session.transaction = undefined;
  session.unwatch();
  if (transaction.broken) return errors.EXEC_ABORT;
  return isStale ? NULL_ARRAY : asCaller(session, 'transaction', () => runQueue(session, transaction));
}

function runQueue(session: Session, transaction: Transaction): Reply {
  return transaction.queue.map(({ command, args }) => {
    const reply = runCommand(session, command, args);
    return reply instanceof Promise ? errors.NOT_IN_MULTI : reply;
  });
}

function discard(session: Session): Reply {
  if (session.transaction === undefined) return errors.DISCARD_WITHOUT_MULTI;
  session.transaction = undefined;
  session.unwatch();
  return OK;
}

function watch(session: Session, args: Args): Reply {
  if (session.transaction !== undefined) return errors.WATCH_IN_MULTI;
  for (let i = 1; i < args.length; i++) session.watch(args.text(i));
  return OK;
}

function unwatch(session: Session): Reply {
  session.unwatch();
  return OK;
}

export const TRANSACTION_COMMANDS: readonly Command[] = family('transaction', [
  define('discard', 1, 'noscript loading stale fast allow_busy', NO_KEYS, discard),
  define('exec', 1, 'noscript loading stale skip_slowlog', NO_KEYS, exec),
  define('multi', 1, 'noscript loading stale fast allow_busy', NO_KEYS, multi),
  define('unwatch', 1, 'noscript loading stale fast allow_busy', NO_KEYS, unwatch),
  define('watch', -2, 'noscript loading stale fast allow_busy', ALL_KEYS, watch),
]);
