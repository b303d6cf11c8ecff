// Numbers as text, read and written exactly as Redis and C's printf do.

const LONG_LONG = /^(?:0|-?[1-9][0-9]{0,18})$/;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const ONLY_ZEROS = /^[+-]?[0.]*(?:[eE]|$)/;

/** A signed 64-bit integer as Redis takes it: no sign but `-`, no leading zeros, no blanks. */
export function parseInteger(text: string): bigint | undefined {
  if (!LONG_LONG.test(text)) return undefined;
  const value = BigInt(text);
  return value < INT64_MIN || value > INT64_MAX ? undefined : value;
}

/** A double as Redis takes it: what strtod reads to the end, but nan, and nothing out of a double's range. */
export function parseDouble(text: string): number | undefined {
  if (DECIMAL.test(text)) return inRange(Number(text), ONLY_ZEROS.test(text));
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  const hex = HEXADECIMAL.exec(text);
  return hex === null ? undefined : parseHexadecimal(hex);
}

function inRange(value: number, isZero: boolean): number | undefined {
  return Number.isFinite(value) && (value !== 0 || isZero) ? value : undefined;
}

function parseHexadecimal([, sign, whole = '', fraction = '', exponent = '0']: RegExpExecArray): number | undefined {
  const digits = whole + fraction;
  // 13 hexadecimal digits are what a double holds exactly; more would need strtod's rounding.
  if (digits === '' || digits.replace(/^0+/, '').length > 13) return undefined;
  const magnitude = parseInt(digits, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return inRange(sign === '-' ? -magnitude : magnitude, /^0+$/.test(digits));
}

/** `%.17g` of C's printf. A NaN's sign is not seen here: see values.ts. */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const [mantissa = '', exponentText = ''] = seventeenDigits(Math.abs(value)).split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return (value < 0 ? '-' : '') + layOut(digits, Number(exponentText));
}

/** toExponential(16) but for ties, which it rounds up and C to the even digit. */
function seventeenDigits(magnitude: number): string {
  const rounded = magnitude.toExponential(16);
  const [exact = ''] = magnitude.toExponential(60).split('e');
  if (!/^50*$/.test(exact.slice(18))) return rounded;
  const kept = exact.slice(0, 18);
  return /[02468]$/.test(kept) ? `${kept}e${rounded.split('e')[1] ?? '0'}` : rounded;
}

function layOut(digits: string, exponent: number): string {
  if (exponent < -4 || exponent >= 17) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
