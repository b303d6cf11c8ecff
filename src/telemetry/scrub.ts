// Keeps card numbers out of logs: by value, because a number can turn up in any message, field or error.
import { scrubForeign, scrubText } from '../core/card-numbers.ts';
import { FraudstreamError } from '../core/errors.ts';

export { passesLuhn, scrubText } from '../core/card-numbers.ts';

const DEPTH_MAX = 6;
const ITEMS_MAX = 200;

/** A copy of anything that is logged, scrubbed in every string, key and error. Bytes are named by length only. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return scrubNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEPTH_MAX) return '[deeper]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return scrubError(value, depth);
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => scrub(item, depth + 1));
  if (value instanceof Date) return value;
  return scrubFields(value, depth);
}

function scrubNumber(value: number | bigint): unknown {
  const text = String(value);
  const scrubbed = scrubText(text);
  return scrubbed === text ? value : scrubbed;
}

/** An error's own fields are left out: clients hang commands and payloads there. */
function scrubError(error: Error, depth: number): Record<string, unknown> {
  const cause = error.cause === undefined ? {} : { cause: scrub(error.cause, depth + 1) };
  const code = (error as { code?: unknown }).code;
  const clean = error instanceof FraudstreamError ? scrubText : scrubForeign;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: clean(error.message),
    stack: clean(error.stack ?? ''),
    ...cause,
  };
}

function scrubFields(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, ITEMS_MAX);
  return Object.fromEntries(entries.map(([key, item]) => [scrubText(key), scrub(item, depth + 1)]));
}
