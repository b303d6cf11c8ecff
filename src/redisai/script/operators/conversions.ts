// int(…), float(…), bool(…) of numbers and texts, with the words that libtorch has for texts that are no number.
import { ScriptError } from '../script.ts';
import { exact, type Scalar } from './numbers.ts';
import { inline, operator, type Operator } from './operator.ts';

/** What C's strtod takes, blanks before it included. */
const DECIMAL = /^[ \t\n\v\f\r]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const HEXADECIMAL = /^[ \t\n\v\f\r]*([+-]?)0[xX]([\da-fA-F]+)(?:\.([\da-fA-F]*))?(?:[pP]([+-]?\d+))?/;
const NAMED = /^[ \t\n\v\f\r]*([+-]?)(inf(?:inity)?|nan)/i;
/** The texts that nearly all numbers are: JavaScript reads them as C does. */
const PLAIN = /^-?\d{1,15}(?:\.\d{1,20})?$/;
const SMALLEST_NORMAL = 2 ** -1022;

/** float(text). @throws ScriptError where C++'s stod would not read the whole of it */
export function parseFloatText(text: string): number {
  const quick = shortDecimal(text);
  if (quick !== undefined) return quick;
  if (PLAIN.test(text)) return Number(text);
  const end = text.indexOf('\0');
  const readable = end < 0 ? text : text.slice(0, end);
  const [value, length] = readHexadecimal(readable) ?? readDecimal(readable) ?? readNamed(readable) ?? notANumber();
  if (length !== text.length) throw new ScriptError(`could not convert string to float: '${text}'`);
  return value;
}

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const [MINUS, POINT, ZERO] = [45, 46, 48];

/**
 * digits, or digits.digits, where they are a whole number below 2^53 over a power of ten: both are exact as doubles, and a
 * division is rounded as the reading of the text would be. undefined for anything else.
 */
function shortDecimal(text: string): number | undefined {
  const from = text.charCodeAt(0) === MINUS ? 1 : 0;
  const last = text.length - 1;
  let digits = 0;
  let point = last;
  for (let i = from; i <= last; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === POINT - ZERO && point === last && i > from && i < last) point = i;
    else return undefined;
  }
  const decimals = last - point;
  if (last < from || decimals >= POWERS.length || digits > Number.MAX_SAFE_INTEGER) return undefined;
  const value = digits / POWERS[decimals]!;
  return from === 0 ? value : -value;
}

function notANumber(): never {
  throw new ScriptError('stod');
}

function readDecimal(text: string): readonly [number, number] | undefined {
  const found = DECIMAL.exec(text)?.[0];
  if (found === undefined) return undefined;
  const value = Number(found);
  const tooSmall = Math.abs(value) < SMALLEST_NORMAL && /[1-9]/.test(found.replace(/[eE].*/, ''));
  if (tooSmall || !Number.isFinite(value)) notANumber();
  return [value, found.length];
}

function readHexadecimal(text: string): readonly [number, number] | undefined {
  const found = HEXADECIMAL.exec(text);
  if (found === null) return undefined;
  const [whole, sign, integer, fraction = '', exponent = '0'] = found;
  const mantissa = Number(`0x${integer}${fraction}`) * 2 ** (-4 * fraction.length);
  const value = mantissa * 2 ** Number(exponent);
  if (!Number.isFinite(value)) notANumber();
  return [sign === '-' ? -value : value, whole.length];
}

function readNamed(text: string): readonly [number, number] | undefined {
  const found = NAMED.exec(text);
  if (found === null) return undefined;
  const value = found[2]!.toLowerCase() === 'nan' ? NaN : Infinity;
  return [found[1] === '-' ? -value : value, found[0].length];
}

/** int(text) in base ten. */
function parseIntText(text: string): number {
  if (!/^[ \t\n\v\f\r]*[+-]?\d+$/.test(text))
    throw new ScriptError(`invalid literal for int() with base 10: '${text}'`);
  return exact(Number(text));
}

function truncate(value: number): number {
  if (!Number.isFinite(value))
    throw new ScriptError(`cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`);
  return exact(Math.trunc(value));
}

export const CONVERSIONS: readonly Operator[] = [
  inline('Int(int a) -> int', '$0'),
  operator('Int(float a) -> int', truncate),
  inline('Int(bool a) -> int', '(+$0)'),
  operator('Int(str a) -> int', parseIntText),
  operator('Int(Scalar a) -> int', (a: Scalar) => truncate(a.value)),
  inline('Float(float a) -> float', '$0'),
  inline('Float(int a) -> float', '$0'),
  inline('Float(bool a) -> float', '(+$0)'),
  operator('Float(str a) -> float', parseFloatText),
  inline('Float(Scalar a) -> float', '$0.value'),
  inline('Bool(bool a) -> bool', '$0'),
  inline('Bool(int a) -> bool', '($0 !== 0)'),
  inline('Bool(float a) -> bool', '($0 !== 0)'),
  inline('Bool(Scalar a) -> bool', '($0.value !== 0)'),
];
