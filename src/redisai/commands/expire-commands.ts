// Times to live: the EXPIRE and TTL families.
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { ONE_KEY, type Command } from './command.ts';
import { define, family } from './define.ts';
import { invalidExpire } from './errors.ts';
import { EXPIRY_UNITS, expiryMoment } from './expiry-option.ts';
import { int64At } from './numbers.ts';
import type { Session } from './session.ts';

// EXPIRE key amount [NX | XX | GT | LT]
const CONDITIONS = ['NX', 'XX', 'GT', 'LT'];

function parseConditions(args: Args): Set<string> | ErrorReply {
  const conditions = new Set<string>();
  for (let i = 3; i < args.length; i++) {
    if (!CONDITIONS.includes(args.word(i))) return new ErrorReply(`ERR Unsupported option ${args.text(i)}`);
    conditions.add(args.word(i));
  }
  if (conditions.has('NX') && conditions.size > 1) {
    return new ErrorReply('ERR NX and XX, GT or LT options at the same time are not compatible');
  }
  if (conditions.has('GT') && conditions.has('LT')) {
    return new ErrorReply('ERR GT and LT options at the same time are not compatible');
  }
  return conditions;
}

/** A key without expiry counts as one that lives for ever. */
function conditionsHold(conditions: Set<string>, current: number, wanted: number): boolean {
  if (conditions.has('NX') && current !== 0) return false;
  if (conditions.has('XX') && current === 0) return false;
  if (conditions.has('GT') && (current === 0 || wanted <= current)) return false;
  return !(conditions.has('LT') && current !== 0 && wanted >= current);
}

function expire(session: Session, args: Args, unit: string, name: string): Reply {
  const conditions = parseConditions(args);
  if (conditions instanceof ErrorReply) return conditions;
  const atMs = expiryMoment(session, int64At(args, 2), EXPIRY_UNITS[unit]!);
  if (atMs === undefined) return invalidExpire(name);
  const entry = session.database.entry(args.text(1));
  if (entry === undefined || !conditionsHold(conditions, entry.expiresAtMs, atMs)) return 0;
  session.database.expireAt(args.text(1), atMs);
  return 1;
}

/** -2: no such key; -1: it does not expire. */
function timeOf(session: Session, args: Args, measure: (expiresAtMs: number, nowMs: number) => number): Reply {
  const entry = session.database.entry(args.text(1));
  if (entry === undefined) return -2;
  return entry.expiresAtMs === 0 ? -1 : measure(entry.expiresAtMs, session.engine.keyspace.nowMs);
}

type Measure = (expiresAtMs: number, nowMs: number) => number;

const TTL: Measure = (at, now) => Math.floor((at - now + 500) / 1000);
const PTTL: Measure = (at, now) => at - now;
const EXPIRETIME: Measure = (at) => Math.floor((at + 500) / 1000);
const PEXPIRETIME: Measure = (at) => at;

const expiring = (name: string, unit: string): Command =>
  define(name, -3, 'write fast', ONE_KEY, (session, args) => expire(session, args, unit, name));

const measuring = (name: string, measure: Measure): Command =>
  define(name, 2, 'readonly fast', ONE_KEY, (session, args) => timeOf(session, args, measure));

export const EXPIRE_COMMANDS: readonly Command[] = family('keyspace', [
  expiring('expire', 'EX'),
  expiring('pexpire', 'PX'),
  expiring('expireat', 'EXAT'),
  expiring('pexpireat', 'PXAT'),
  measuring('ttl', TTL),
  measuring('pttl', PTTL),
  measuring('expiretime', EXPIRETIME),
  measuring('pexpiretime', PEXPIRETIME),
  define('persist', 2, 'write fast', ONE_KEY, (session, args) => (session.database.persist(args.text(1)) ? 1 : 0)),
]);
