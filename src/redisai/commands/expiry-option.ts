// EX, PX, EXAT, PXAT and the arithmetic of times to live, as SET, GETEX and the EXPIRE family share it.
import type { Args } from '../resp/args.ts';
import type { ErrorReply } from '../resp/reply.ts';
import { invalidExpire } from './errors.ts';
import { int64At } from './numbers.ts';
import type { Session } from './session.ts';

export interface Expiry {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

interface Unit {
  readonly milliseconds: bigint;
  readonly relative: boolean;
}

export const EXPIRY_UNITS: Readonly<Record<string, Unit>> = {
  EX: { milliseconds: 1000n, relative: true },
  PX: { milliseconds: 1n, relative: true },
  EXAT: { milliseconds: 1000n, relative: false },
  PXAT: { milliseconds: 1n, relative: false },
};

const INT64_MAX = 2n ** 63n - 1n;

/** The moment that `amount` units mean; undefined if it does not fit 64 bits. */
export function expiryMoment(session: Session, amount: bigint, unit: Unit): number | undefined {
  const moment = amount * unit.milliseconds + (unit.relative ? BigInt(session.engine.keyspace.nowMs) : 0n);
  return moment > INT64_MAX || moment < -INT64_MAX ? undefined : Number(moment);
}

/**
 * The option at argument i with its amount at i + 1; undefined if it is none. `word` gives the unit where the argument
 * does not spell it.
 */
export function expiryOf(
  session: Session,
  args: Args,
  i: number,
  command: string,
  word = args.word(i),
): Expiry | ErrorReply | undefined {
  const unit = EXPIRY_UNITS[word];
  if (unit === undefined || i + 1 >= args.length) return undefined;
  const amount = int64At(args, i + 1);
  const atMs = amount > 0n ? expiryMoment(session, amount, unit) : undefined;
  return atMs === undefined ? invalidExpire(command) : { atMs };
}
