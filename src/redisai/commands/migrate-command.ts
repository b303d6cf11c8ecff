// MIGRATE: keys go to another node of the cluster, as their DUMP, and are gone here once they are there. It goes nowhere else:
// a client must not make the engine call whom it likes.
//
//   MIGRATE host port (key | "") database timeout [COPY] [REPLACE] [AUTH password | AUTH2 user password] [KEYS key …]
import { Peer } from '../cluster/peer.ts';
import type { Entry, Watcher } from '../keyspace/database.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, Status, type Reply } from '../resp/reply.ts';
import { ReplyError, type Command } from './command.ts';
import { define } from './define.ts';
import { dumpValue } from './dump-payload.ts';
import * as errors from './errors.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';

const NOT_A_NODE = new ErrorReply('ERR MIGRATE goes to nodes of this cluster only, as its file of nodes names them');
const NO_KEY = new Status('NOKEY');
const TIMEOUT_MS = 1000;
/** A key is sent again where a script or a model has written it meanwhile; at most so often. */
const TRIES_MAX = 10;

interface Migration {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly timeoutMs: number;
  readonly keys: readonly string[];
  readonly login: readonly string[];
  readonly copy: boolean;
  readonly replace: boolean;
}

/** Position of the first key after KEYS; undefined where there is no KEYS. */
function keysFrom(args: Args): number | undefined {
  for (let i = 6; i < args.length; i++) {
    if (args.is(i, 'KEYS')) return i + 1;
    if (args.is(i, 'AUTH')) i += 1;
    else if (args.is(i, 'AUTH2')) i += 2;
  }
  return undefined;
}

function keysIn(args: Args): number[] {
  const from = keysFrom(args);
  if (args.text(3) !== '' || from === undefined) return [3];
  return Array.from({ length: args.length - from }, (_, i) => from + i);
}

/** @throws ReplyError */
function parse(args: Args): Migration {
  const end = keysFrom(args) ?? args.length + 1;
  const flags = { copy: false, replace: false };
  let login: string[] = [];
  for (let i = 6; i < end - 1; i++) {
    if (args.is(i, 'COPY')) flags.copy = true;
    else if (args.is(i, 'REPLACE')) flags.replace = true;
    else if (args.is(i, 'AUTH') && i + 1 < args.length) login = [args.text(++i)];
    else if (args.is(i, 'AUTH2') && i + 2 < args.length) login = [args.text(++i), args.text(++i)];
    else throw new ReplyError(errors.SYNTAX.text);
  }
  if (end <= args.length && args.text(3) !== '') throw new ReplyError(errors.MIGRATE_KEYS.text);
  const timeoutMs = integerAt(args, 5);
  const database = integerAt(args, 4);
  const keys = keysIn(args).map((i) => args.text(i));
  const port = Number(args.text(2));
  return {
    ...{ host: args.text(1), port, database, timeoutMs: timeoutMs > 0 ? timeoutMs : TIMEOUT_MS },
    ...{ keys: [...new Set(keys)], login, ...flags },
  };
}

function migrate(session: Session, args: Args): Reply | Promise<Reply> {
  const { cluster } = session.engine;
  if (cluster === undefined) return errors.NO_CLUSTER;
  if (session.caller !== 'connection') return errors.NOT_IN_MULTI;
  const migration = parse(args);
  const isNode = cluster.nodes.some((node) => node.host === migration.host && node.port === migration.port);
  if (!isNode) return NOT_A_NODE;
  const keys = migration.keys.filter((key) => session.database.entry(key) !== undefined);
  if (keys.length === 0) return NO_KEY;
  const end = session.engine.departures.begin(keys);
  return depart(session, { ...migration, keys }).finally(end);
}

async function depart(session: Session, migration: Migration): Promise<Reply> {
  const { host, port, timeoutMs, login, database } = migration;
  const peer = await Peer.connect(host, port, timeoutMs).catch(() => undefined);
  if (peer === undefined) return errors.MIGRATE_WRITING;
  try {
    if (login.length > 0) refuseError(await peer.send('AUTH', ...login));
    if (database !== 0) refuseError(await peer.send('SELECT', String(database)));
    const failures = await Promise.all(migration.keys.map((key) => sendKey(session, peer, key, migration)));
    return failures.find((failure) => failure !== undefined) ?? OK;
  } catch (thrown) {
    if (thrown instanceof ReplyError) return new ErrorReply(thrown.message);
    return errors.MIGRATE_READING;
  } finally {
    peer.close();
  }
}

/** Undefined where the key is there now, and, unless it is a copy, no longer here. */
async function sendKey(
  session: Session,
  peer: Peer,
  key: string,
  { copy, replace }: Migration,
): Promise<ErrorReply | undefined> {
  const { database } = session;
  const watcher: Watcher = { dirty: true };
  database.watch(key, watcher);
  try {
    for (let tries = 0; watcher.dirty && tries < TRIES_MAX; tries++) {
      watcher.dirty = false;
      const entry = database.entry(key);
      // It has expired, or a script has deleted it.
      if (entry === undefined) return undefined;
      const reply = await peer.send(...restoreWords(key, entry, replace || tries > 0));
      if (reply instanceof ErrorReply) return targetError(reply);
    }
    if (watcher.dirty) return errors.MIGRATE_WRITTEN;
    if (!copy) database.delete(key);
    return undefined;
  } finally {
    database.unwatch(key, watcher);
  }
}

function restoreWords(key: string, { value, expiresAtMs }: Entry, replace: boolean) {
  const ttlMs = expiresAtMs === 0 ? 0 : Math.max(1, expiresAtMs - Date.now());
  return ['RESTORE-ASKING', key, String(ttlMs), dumpValue(value), ...(replace ? ['REPLACE'] : [])];
}

const targetError = ({ text }: ErrorReply): ErrorReply =>
  new ErrorReply(`ERR Target instance replied with error: ${text}`);

/** @throws ReplyError */
function refuseError(reply: unknown): void {
  if (reply instanceof ErrorReply) throw new ReplyError(targetError(reply).text);
}

export const MIGRATE_COMMANDS: readonly Command[] = [
  define('migrate', -6, 'write movablekeys', { first: 3, last: 3, step: 1 }, migrate, {
    categories: ['keyspace', 'dangerous'],
    keysIn,
  }),
];
