// The inside of a string literal: escapes to characters. Characters stand for bytes, as everywhere in scripts.
import type { Source } from '../source.ts';

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\n': '',
    '\\': '\\',
    "'": "'",
    '"': '"',
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
  }),
);

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g;

/** The UTF-8 bytes of a text, one character for each. */
export function bytesOf(text: string): string {
  // eslint-disable-next-line no-control-regex -- most literals are ASCII and stay as they are
  return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** @param start where the literal's inside begins, for the message about an escape that is not known */
export function unescape(raw: string, source: Source, start: number): string {
  return bytesOf(raw).replace(
    ESCAPE,
    (whole, hex: string | undefined, octal: string | undefined, simple: string, at: number) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      const value = SIMPLE_ESCAPES.get(simple);
      if (value !== undefined) return value;
      throw source.errorAt({ start: start + at, end: start + at + 2 }, `the escape ${whole} is not supported`);
    },
  );
}
