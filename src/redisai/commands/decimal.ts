// Sums of decimal numbers as INCRBYFLOAT and HINCRBYFLOAT print them: Redis adds long doubles and prints at most 17
// decimal places. Exact decimal arithmetic gives the same digits and needs no long double.
import { parseFloat64 } from './numbers.ts';

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const PLACES = 17;
/** Working precision; what lies beyond is cut off. */
const WORKING_PLACES = 40;
/** Larger numbers are added as doubles: exactness would cost memory without bound. */
const EXPONENT_MAX = 300;

/** The sum; or which of the two went wrong: an operand is no number, or it or the sum is infinite. */
export function addDecimals(a: string, b: string): { readonly text: string } | 'not a number' | 'not finite' {
  const x = parseFloat64(a);
  const y = parseFloat64(b);
  if (x === undefined || y === undefined) return 'not a number';
  if (!Number.isFinite(x + y)) return 'not finite';
  const scaledX = scaled(a);
  const scaledY = scaled(b);
  if (scaledX === undefined || scaledY === undefined) return { text: printed(scaledNumber(x + y)) };
  return { text: printed(scaledX + scaledY) };
}

/** The number times 10^WORKING_PLACES; undefined where that is not practical. */
function scaled(text: string): bigint | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, fraction, exponent] = match as unknown as [string, string, string, string, string | undefined];
  const shift = WORKING_PLACES - fraction.length + Number(exponent ?? 0);
  if (Math.abs(shift) > EXPONENT_MAX || whole.length + fraction.length > EXPONENT_MAX) return undefined;
  const digits = BigInt(whole + fraction);
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === '-' ? -magnitude : magnitude;
}

function scaledNumber(value: number): bigint {
  return BigInt(Math.trunc(value)) * 10n ** BigInt(WORKING_PLACES);
}

/** Rounded to PLACES, without trailing zeros. */
function printed(value: bigint): string {
  const unit = 10n ** BigInt(WORKING_PLACES - PLACES);
  const magnitude = ((value < 0n ? -value : value) + unit / 2n) / unit;
  const digits = magnitude.toString().padStart(PLACES + 1, '0');
  const whole = digits.slice(0, -PLACES);
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  const sign = value < 0n && magnitude > 0n ? '-' : '';
  return sign + whole + (fraction === '' ? '' : '.' + fraction);
}
