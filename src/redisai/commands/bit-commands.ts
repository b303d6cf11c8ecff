// Bits of strings. Bit 0 is the highest of the first byte.
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { ONE_KEY, type Command } from './command.ts';
import { define, family } from './define.ts';
import * as errors from './errors.ts';
import { setString, stringAt } from './lookup.ts';
import { integerAt, parseInteger } from './numbers.ts';
import type { Session } from './session.ts';

function bitOffset(session: Session, args: Args): number | undefined {
  const offset = parseInteger(args.text(2));
  const bitsMax = session.engine.settings.bulkBytesMax * 8;
  return offset === undefined || offset < 0 || offset >= bitsMax ? undefined : offset;
}

const bitAt = (text: string, offset: number): number => {
  const byte = offset >> 3 < text.length ? text.charCodeAt(offset >> 3) : 0;
  return (byte >> (7 - (offset & 7))) & 1;
};

function getbit(session: Session, args: Args): Reply {
  const offset = bitOffset(session, args);
  if (offset === undefined) return errors.BIT_OFFSET;
  return bitAt(stringAt(session, args.text(1)) ?? '', offset);
}

function setbit(session: Session, args: Args): Reply {
  const offset = bitOffset(session, args);
  if (offset === undefined) return errors.BIT_OFFSET;
  const bit = args.text(3);
  if (bit !== '0' && bit !== '1') return errors.BIT_VALUE;
  const text = stringAt(session, args.text(1)) ?? '';
  const at = Math.floor(offset / 8);
  const padded = text.padEnd(at + 1, '\0');
  const mask = 1 << (7 - (offset & 7));
  const byte = bit === '1' ? padded.charCodeAt(at) | mask : padded.charCodeAt(at) & ~mask;
  setString(session, args.text(1), padded.slice(0, at) + String.fromCharCode(byte) + padded.slice(at + 1), true, true);
  return bitAt(text, offset);
}

interface BitRange {
  /** First bit, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** `start end [BYTE | BIT]` from argument `at` on. @throws ReplyError */
function bitRange(args: Args, at: number, text: string): BitRange | ErrorReply {
  const start = integerAt(args, at);
  const end = at + 1 < args.length ? integerAt(args, at + 1) : -1;
  const inBits = at + 2 < args.length && args.is(at + 2, 'BIT');
  if (args.length > at + 3 || (at + 2 < args.length && !inBits && !args.is(at + 2, 'BYTE'))) return errors.SYNTAX;
  const size = inBits ? text.length * 8 : text.length;
  const unit = inBits ? 1 : 8;
  const from = start < 0 ? Math.max(0, start + size) : start;
  const to = Math.min(size, (end < 0 ? Math.max(0, end + size) : end) + 1);
  return { from: from * unit, to: start < 0 && end < 0 && start > end ? 0 : to * unit };
}

// BITCOUNT key [start end [BYTE | BIT]]
function bitcount(session: Session, args: Args): Reply {
  const text = stringAt(session, args.text(1));
  if (text === undefined) return 0;
  if (args.length === 3) return errors.SYNTAX;
  const range = args.length === 2 ? { from: 0, to: text.length * 8 } : bitRange(args, 2, text);
  if (range instanceof ErrorReply) return range;
  let count = 0;
  for (let bit = range.from; bit < range.to; bit++) count += bitAt(text, bit);
  return count;
}

// BITPOS key bit [start [end [BYTE | BIT]]]
function bitpos(session: Session, args: Args): Reply {
  const bit = integerAt(args, 2);
  if (bit !== 0 && bit !== 1) return errors.BIT_ARGUMENT;
  const text = stringAt(session, args.text(1));
  if (text === undefined) return bit === 1 ? -1 : 0;
  const range = args.length === 3 ? { from: 0, to: text.length * 8 } : bitRange(args, 3, text);
  if (range instanceof ErrorReply) return range;
  for (let at = range.from; at < range.to; at++) if (bitAt(text, at) === bit) return at;
  // Without an end, the string counts as followed by zeros.
  return bit === 0 && args.length < 5 && range.from < range.to ? text.length * 8 : -1;
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  AND: (a, b) => a & b,
  OR: (a, b) => a | b,
  XOR: (a, b) => a ^ b,
};

// BITOP AND | OR | XOR | NOT destination key [key …]
function bitop(session: Session, args: Args): Reply {
  const word = args.word(1);
  const operator = OPERATORS[word];
  if (operator === undefined && word !== 'NOT') return errors.SYNTAX;
  if (word === 'NOT' && args.length !== 4) return errors.BITOP_NOT;
  const texts = Array.from({ length: args.length - 3 }, (_, i) => stringAt(session, args.text(i + 3)) ?? '');
  const length = Math.max(...texts.map((text) => text.length));
  const result = Buffer.alloc(length);
  for (let at = 0; at < length; at++) {
    const bytes = texts.map((text) => (at < text.length ? text.charCodeAt(at) : 0));
    result[at] = operator === undefined ? ~bytes[0]! : bytes.reduce(operator);
  }
  if (length === 0) session.database.delete(args.text(2));
  else setString(session, args.text(2), result.toString('latin1'));
  return length;
}

export const BIT_COMMANDS: readonly Command[] = family('bitmap', [
  define('bitcount', -2, 'readonly', ONE_KEY, bitcount),
  define('bitop', -4, 'write denyoom', { first: 2, last: -1, step: 1 }, bitop),
  define('bitpos', -3, 'readonly', ONE_KEY, bitpos),
  define('getbit', 3, 'readonly fast', ONE_KEY, getbit),
  define('setbit', 4, 'write denyoom', ONE_KEY, setbit),
]);
