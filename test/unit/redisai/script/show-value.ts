// A script's value as text, numbers to five digits: FLOAT[2, 2] 1 2.5 3 4, [1, 2], ("a", None).
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';

const DIGITS = 5;

export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'bigint') return showNumber(Number(value));
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`;
  if (value instanceof Map) return `{${[...value].map(([k, v]) => `${showValue(k)}: ${showValue(v)}`).join(', ')}}`;
  if (typeof value === 'object' && 'dtype' in value) return showTensor(value as Tensor);
  return showNumber((value as { value: number }).value);
}

function showTensor({ dtype, shape, data }: Tensor): string {
  return [`${dtype}[${shape.join(', ')}]`, ...Array.from(data as ArrayLike<unknown>, showValue)].join(' ');
}

function showNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const rounded = Number(value.toPrecision(DIGITS));
  if (Number.isInteger(value) && Math.abs(value) > 1e5) return String(value);
  const [, mantissa, exponent] = /^([^e]+)e([+-]\d+)$/.exec(rounded.toExponential()) ?? [];
  // As C's %g: an exponent where the number is below 10^-4.
  if (rounded !== 0 && Number(exponent) < -4) return `${mantissa!}e-${String(-Number(exponent)).padStart(2, '0')}`;
  return String(rounded === 0 ? 0 : rounded);
}
