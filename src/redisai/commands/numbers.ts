// Numbers as Redis reads and prints them.
import { NOT_AN_INTEGER, NOT_A_FLOAT } from './errors.ts';
import { ReplyError } from './command.ts';
import type { Args } from '../resp/args.ts';
import { Double, type ErrorReply } from '../resp/reply.ts';

const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** A 64-bit integer in its only spelling: no sign +, no leading zeros, no blanks. */
export function parseInt64(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = BigInt(text);
  return value < INT64_MIN || value > INT64_MAX ? undefined : value;
}

export function fitsInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/** The same as a number: exact up to 2^53, else the nearest; enough for counts, indexes and times. */
export function parseInteger(text: string): number | undefined {
  if (text.length < 16) return INTEGER.test(text) ? Number(text) : undefined;
  const value = parseInt64(text);
  return value === undefined ? undefined : Number(value);
}

/** @throws ReplyError with `error` */
export function integerAt(args: Args, i: number, error: ErrorReply = NOT_AN_INTEGER): number {
  const value = parseInteger(args.text(i));
  if (value === undefined) throw new ReplyError(error.text);
  return value;
}

/** @throws ReplyError */
export function int64At(args: Args, i: number, error: ErrorReply = NOT_AN_INTEGER): bigint {
  const value = parseInt64(args.text(i));
  if (value === undefined) throw new ReplyError(error.text);
  return value;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const HEXADECIMAL = /^([+-]?)0x([0-9a-f]+)$/i;

/** As strtod: decimal within range, hexadecimal integers, inf; neither NaN nor blanks. */
export function parseFloat64(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  const hexadecimal = HEXADECIMAL.exec(text);
  if (hexadecimal === null) return undefined;
  const value = Number('0x' + hexadecimal[2]!);
  return hexadecimal[1] === '-' ? -value : value;
}

/** @throws ReplyError with `error` */
export function floatAt(args: Args, i: number, error: ErrorReply = NOT_A_FLOAT): number {
  const value = parseFloat64(args.text(i));
  if (value === undefined) throw new ReplyError(error.text);
  return value;
}

/** A double with the 17 digits that C's `%.17g` gives, as Redis 7.0 prints scores. */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [digits, exponent] = value.toExponential(16).split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 17) {
    const sign = power < 0 ? '-' : '+';
    return `${withoutTrailingZeros(digits)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return withoutTrailingZeros(value.toFixed(0) === '0' ? fixedBelowOne(digits, power) : value.toPrecision(17));
}

/** 1.25e-3 → 0.00125: toPrecision would do, but not below 1e-6, and the limit is not worth a case of its own. */
function fixedBelowOne(digits: string, power: number): string {
  const negative = digits.startsWith('-');
  const plain = digits.replace('-', '').replace('.', '');
  return `${negative ? '-' : ''}0.${'0'.repeat(-power - 1)}${plain}`;
}

function withoutTrailingZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

export function double(value: number): Double {
  return new Double(formatDouble(value));
}
