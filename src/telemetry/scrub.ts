// Keeps card numbers out of logs: by value, because a number can turn up in any message, field or error.

/** 13 to 19 digits, perhaps in groups parted by single blanks or hyphens; no part of a longer number or of a fraction. */
const CARD_NUMBER = /(?<!\d|\d\.)\d(?:[ -]?\d){12,18}(?!\d)/g;

const DEPTH_MAX = 6;
const ITEMS_MAX = 200;

/** The text with every card number in it cut to its last four digits. */
export function scrubText(text: string): string {
  return text.replace(CARD_NUMBER, (match) => {
    const digits = match.replaceAll(/\D/g, '');
    return passesLuhn(digits) ? `[card …${digits.slice(-4)}]` : match;
  });
}

/** The checksum that every payment card number carries. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

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
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: scrubText(error.message),
    stack: scrubText(error.stack ?? ''),
    ...cause,
  };
}

function scrubFields(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, ITEMS_MAX);
  return Object.fromEntries(entries.map(([key, item]) => [scrubText(key), scrub(item, depth + 1)]));
}
