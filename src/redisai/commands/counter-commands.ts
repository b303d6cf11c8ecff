// Numbers kept in strings: INCR and its family.
import type { Args } from '../resp/args.ts';
import type { Reply } from '../resp/reply.ts';
import { ONE_KEY, type Command } from './command.ts';
import { addDecimals } from './decimal.ts';
import { define, family } from './define.ts';
import * as errors from './errors.ts';
import { setString, stringAt } from './lookup.ts';
import { fitsInt64, int64At, parseInt64 } from './numbers.ts';
import type { Session } from './session.ts';

function increment(session: Session, key: string, by: bigint): Reply {
  const before = parseInt64(stringAt(session, key) ?? '0');
  if (before === undefined) return errors.NOT_AN_INTEGER;
  const after = before + by;
  if (!fitsInt64(after)) return errors.OVERFLOW;
  setString(session, key, after.toString(), true);
  return after;
}

function decrementBy(session: Session, args: Args): Reply {
  const by = int64At(args, 2);
  return fitsInt64(-by) ? increment(session, args.text(1), -by) : errors.DECREMENT_OVERFLOW;
}

function incrementByFloat(session: Session, args: Args): Reply {
  const before = stringAt(session, args.text(1)) ?? '0';
  const sum = addDecimals(before, args.text(2));
  if (sum === 'not a number') return errors.NOT_A_FLOAT;
  if (sum === 'not finite') return errors.NAN_OR_INFINITY;
  setString(session, args.text(1), sum.text, true);
  return sum.text;
}

export const COUNTER_COMMANDS: readonly Command[] = family('string', [
  define('decr', 2, 'write denyoom fast', ONE_KEY, (session, args) => increment(session, args.text(1), -1n)),
  define('decrby', 3, 'write denyoom fast', ONE_KEY, decrementBy),
  define('incr', 2, 'write denyoom fast', ONE_KEY, (session, args) => increment(session, args.text(1), 1n)),
  define('incrby', 3, 'write denyoom fast', ONE_KEY, (session, args) =>
    increment(session, args.text(1), int64At(args, 2)),
  ),
  define('incrbyfloat', 3, 'write denyoom fast', ONE_KEY, incrementByFloat),
]);
