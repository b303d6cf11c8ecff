// From arguments to a reply: finds the command, checks that it may run now, runs it, counts it.
import type { Args } from '../resp/args.ts';
import { ErrorReply, QUEUED, type Reply } from '../resp/reply.ts';
import { serveBlocked } from './blocking.ts';
import { Redirection, redirection } from './cluster-redirect.ts';
import { ReplyError, type Command } from './command.ts';
import * as errors from './errors.ts';
import { keyPositions } from './key-positions.ts';
import type { Caller, Session, Transaction } from './session.ts';
import type { Settings } from './settings.ts';

/** Approximate cost of an argument that is kept, beside its text. */
const ARGUMENT_BYTES = 64;
const IN_TRANSACTION = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset']);

/** Runs one command as it came from a connection, or queues it after MULTI. */
export function dispatch(session: Session, args: Args): Reply | Promise<Reply> {
  const { engine } = session;
  const found = findCommand(session, args);
  if (found instanceof ErrorReply) return refuse(session, args, found);
  const refusal = refusalOf(session, found, args);
  if (refusal !== undefined) {
    engine.statistics.command(found.name).rejected++;
    return refuse(session, args, refusal);
  }
  if (engine.pause?.holds(session, found) === true) return later(session, engine.pause.ended, args.copy());
  if (engine.departures.isAny) {
    const ended = engine.departures.holding(session, found, args);
    if (ended !== undefined) return later(session, ended, args.copy());
  }
  if (session.transaction !== undefined && !IN_TRANSACTION.has(found.name)) {
    return (
      enqueue(session.engine.settings, session.transaction, found, args) ??
      refuse(session, args, errors.BIG_TRANSACTION)
    );
  }
  const reply = runCommand(session, found, args);
  if (engine.keyspace.readyKeys.length > 0) serveBlocked(engine);
  return reply;
}

async function later(session: Session, ended: Promise<void>, args: Args): Promise<Reply> {
  await ended;
  // Who has gone meanwhile wants nothing any more.
  return session.engine.sessions.has(session.id) ? dispatch(session, args) : null;
}

/** Undefined if the transaction would grow beyond what a single request may be. */
function enqueue(settings: Settings, transaction: Transaction, command: Command, args: Args): Reply | undefined {
  let bytes = ARGUMENT_BYTES;
  for (let i = 0; i < args.length; i++) bytes += ARGUMENT_BYTES + args.size(i);
  if (transaction.queuedBytes + bytes > settings.requestBytesMax) return undefined;
  transaction.queuedBytes += bytes;
  transaction.queue.push({ command, args: args.copy() });
  return QUEUED;
}

/** Runs a command whose checks have passed: counted, timed, its errors turned into replies. */
export function runCommand(session: Session, command: Command, args: Args): Reply | Promise<Reply> {
  const { statistics, slowlog } = session.engine;
  const startedAtMs = performance.now();
  session.lastCommand = command.name;
  const reply = attempt(session, command, args);
  const microseconds = (performance.now() - startedAtMs) * 1000;
  const counter = statistics.command(command.name);
  counter.calls++;
  counter.microseconds += microseconds;
  statistics.commandsProcessed++;
  slowlog.note(session, command, args, microseconds);
  if (reply instanceof Promise) {
    return reply.then(
      (later) => counted(session, command, later),
      (thrown: unknown) => counted(session, command, replyTo(session, thrown)),
    );
  }
  return reply instanceof ErrorReply ? counted(session, command, reply) : reply;
}

/**
 * Runs a command for a script: no connection, no transaction, and never asynchronous. The errors are those of
 * redis.call.
 */
export function callFromScript(session: Session, args: Args): Reply {
  const found = session.engine.commands.find(args.text(0));
  if (found === undefined) return errors.UNKNOWN_FROM_SCRIPT;
  const command = subcommandOf(found, args);
  if (command instanceof ErrorReply || !arityFits(command, args)) return errors.ARITY_FROM_SCRIPT;
  if (command.flags.includes('noscript')) return errors.NOT_FROM_SCRIPT;
  const reply = asCaller(
    session,
    'script',
    () => refusalOf(session, command, args) ?? runCommand(session, command, args),
  );
  return reply instanceof Promise ? errors.NOT_FROM_SCRIPT : reply;
}

/** Runs `action` with `session.caller` set, so that commands know where they are called from. */
export function asCaller<T>(session: Session, caller: Caller, action: () => T): T {
  const before = session.caller;
  session.caller = caller;
  try {
    return action();
  } finally {
    session.caller = before;
  }
}

function attempt(session: Session, command: Command, args: Args): Reply | Promise<Reply> {
  try {
    return command.execute(session, args);
  } catch (thrown) {
    return replyTo(session, thrown);
  }
}

function replyTo(session: Session, thrown: unknown): ErrorReply {
  if (thrown instanceof ReplyError) return new ErrorReply(thrown.message);
  if (isTooLongText(thrown)) return errors.STRING_TOO_LONG;
  session.engine.onDefect(thrown);
  return new ErrorReply('ERR internal error: the command failed in an unforeseen way; see the log of the engine');
}

/** V8 has no texts of 512 MiB and more: what Redis calls the maximum lies just beyond. */
function isTooLongText(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return thrown.message === 'Invalid string length' || (thrown as NodeJS.ErrnoException).code === 'ERR_STRING_TOO_LONG';
}

function counted(session: Session, command: Command, reply: Reply): Reply {
  if (!(reply instanceof ErrorReply)) return reply;
  session.engine.statistics.error(reply.text);
  session.engine.statistics.command(command.name).failed++;
  return reply;
}

/** A command that is refused while MULTI queues makes EXEC fail; a refused EXEC ends the transaction. */
function refuse(session: Session, args: Args, error: ErrorReply): ErrorReply {
  session.engine.statistics.error(error.text);
  if (session.transaction !== undefined) session.transaction.broken = true;
  if (!args.is(0, 'EXEC')) return error;
  session.transaction = undefined;
  session.unwatch();
  return error instanceof Redirection ? error : errors.execAborted(error);
}

function findCommand(session: Session, args: Args): Command | ErrorReply {
  const command = session.engine.commands.find(args.text(0));
  if (command === undefined) return unknownCommand(args);
  const found = subcommandOf(command, args);
  if (found instanceof ErrorReply || arityFits(found, args)) return found;
  return errors.wrongArity(found.name);
}

function subcommandOf(command: Command, args: Args): Command | ErrorReply {
  if (command.subcommands === undefined || args.length < 2) return command;
  return command.subcommands.get(args.text(1).toLowerCase()) ?? errors.unknownSubcommand(command.name, args.text(1));
}

function arityFits(command: Command, args: Args): boolean {
  return command.arity >= 0 ? args.length === command.arity : args.length >= -command.arity;
}

/** Why the command may not run now; undefined if it may. */
function refusalOf(session: Session, command: Command, args: Args): ErrorReply | undefined {
  const { flags } = command;
  if (!session.authenticated && !flags.includes('no_auth')) return errors.NO_AUTH;
  if (!session.user.isUnrestricted && !flags.includes('no_auth')) {
    const refusal = permissionRefusal(session, command, args);
    if (refusal !== undefined) return refusal;
  }
  if (session.transaction !== undefined && flags.includes('no_multi')) return errors.NOT_IN_MULTI;
  const { cluster } = session.engine;
  if (cluster !== undefined) {
    const elsewhere = redirection(session, cluster, command, args);
    if (elsewhere !== undefined) return elsewhere;
  }
  if (session.engine.isOutOfMemory && flags.includes('denyoom')) return errors.OUT_OF_MEMORY;
  return undefined;
}

function permissionRefusal(session: Session, command: Command, args: Args): ErrorReply | undefined {
  if (!session.user.mayRun(command)) return errors.noCommandPermission(command.name);
  const keys = keyPositions(command, args);
  if (keys instanceof ErrorReply) return undefined;
  return keys.every((i) => session.user.mayUse(args.text(i))) ? undefined : errors.NO_KEY_PERMISSION;
}

function unknownCommand(args: Args): ErrorReply {
  let shown = '';
  for (let i = 1; i < args.length && shown.length < 128; i++)
    shown += `'${args.text(i).slice(0, 128 - shown.length)}' `;
  return new ErrorReply(`ERR unknown command '${args.text(0).slice(0, 128)}', with args beginning with: ${shown}`);
}
