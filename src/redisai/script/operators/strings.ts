// Operators and methods of str. A text is bytes, one character each, and only ASCII letters have cases: as in libtorch.
import { ScriptError } from '../script.ts';
import { boundedText, checkListLength, checkTextLength } from './bounds.ts';
import { inline, operator, type Operator } from './operator.ts';
import { sliceBounds, type SliceSpec } from './slice.ts';

const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const capitalize = (text: string): string => upper(text.slice(0, 1)) + lower(text.slice(1));
const title = (text: string): string => lower(text).replace(/[A-Za-z]+/g, (word) => capitalize(word));
const swapCase = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => (letter >= 'a' ? upper(letter) : lower(letter)));

const BLANKS = ' \t\n\v\f\r';

function stripped(text: string, chars: string | null, left: boolean, right: boolean): string {
  const set = chars ?? BLANKS;
  let start = 0;
  let end = text.length;
  while (left && start < end && set.includes(text[start]!)) start++;
  while (right && end > start && set.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

function split(text: string, separator: string | null, max: number): string[] {
  if (separator === null) return splitBlanks(text, max);
  if (separator === '') throw new ScriptError('ValueError: empty separator');
  const parts = text.split(separator);
  checkListLength(parts.length);
  if (max < 0 || parts.length <= max + 1) return parts;
  return [...parts.slice(0, max), parts.slice(max).join(separator)];
}

function splitBlanks(text: string, max: number): string[] {
  const words: string[] = [];
  let rest = stripped(text, null, true, false);
  while (rest !== '' && (max < 0 || words.length < max)) {
    const end = rest.search(/[ \t\n\v\f\r]/);
    if (end < 0) break;
    words.push(rest.slice(0, end));
    rest = stripped(rest.slice(end), null, true, false);
  }
  if (rest !== '') words.push(stripped(rest, null, false, true));
  return words;
}

function splitFromRight(text: string, separator: string | null, max: number): string[] {
  const reversed = (part: string): string => Array.from(part).reverse().join('');
  return split(reversed(text), separator === null ? null : reversed(separator), max)
    .map(reversed)
    .reverse();
}

function splitLines(text: string, keepEnds: boolean): string[] {
  const lines = text.match(/[^\r\n\v\f]*(?:\r\n|[\r\n\v\f])|[^\r\n\v\f]+$/g) ?? [];
  return keepEnds ? lines : lines.map((line) => line.replace(/(?:\r\n|[\r\n\v\f])$/, ''));
}

function replaceAll(text: string, from: string, to: string, max: number): string {
  const parts = from === '' ? ['', ...Array.from(text), ''] : text.split(from);
  const used = max < 0 ? parts.length - 1 : Math.min(max, parts.length - 1);
  checkTextLength(text.length + used * to.length);
  return (
    parts
      .slice(0, used)
      .map((part) => part + to)
      .join('') + parts.slice(used).join(from)
  );
}

/** `find` within [start, end), -1 where it is not. */
function find(text: string, part: string, start: number, end: number, last: boolean): number {
  const [from, to] = sliceBounds({ start, stop: end, step: null }, text.length);
  const found = last ? text.slice(from, to).lastIndexOf(part) : text.slice(from, to).indexOf(part);
  return found < 0 || from > to ? -1 : found + from;
}

function findOrFail(text: string, part: string, start: number, end: number, last: boolean): number {
  const found = find(text, part, start, end, last);
  if (found < 0) throw new ScriptError('ValueError: substring not found');
  return found;
}

function countOf(text: string, part: string, start: number, end: number): number {
  const [from, to] = sliceBounds({ start, stop: end, step: null }, text.length);
  if (from > to) return 0;
  return part === '' ? to - from + 1 : text.slice(from, to).split(part).length - 1;
}

function partition(text: string, separator: string, last: boolean): [string, string, string] {
  const at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
  if (at >= 0) return [text.slice(0, at), separator, text.slice(at + separator.length)];
  return last ? ['', '', text] : [text, '', ''];
}

function padded(text: string, width: number, fill: string, left: boolean): string {
  checkTextLength(width);
  if (fill.length !== 1) throw new ScriptError('TypeError: The fill character must be exactly one character long');
  return left ? text.padStart(width, fill) : text.padEnd(width, fill);
}

function centered(text: string, width: number, fill: string): string {
  const missing = Math.max(0, width - text.length);
  const before = missing % 2 === 1 && width % 2 === 1 ? (missing + 1) >> 1 : missing >> 1;
  return padded(padded(text, text.length + before, fill, true), width, fill, false);
}

function zeroFilled(text: string, width: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + padded(text.slice(sign.length), width - sign.length, '0', true);
}

function joined(separator: string, parts: readonly string[]): string {
  checkTextLength(parts.reduce((length, part) => length + part.length + separator.length, 0));
  return parts.join(separator);
}

/** Each {} is the next value; everything else stays, format specifications too. */
function formatted(template: string, texts: readonly string[]): string {
  const pieces = template.split('{}');
  if (pieces.length - 1 > texts.length) throw new ScriptError(`Too few arguments for format string: ${template}`);
  return boundedText(pieces.map((piece, i) => (i === 0 ? piece : `${texts[i - 1]!}${piece}`)).join(''));
}

function charAt(text: string, index: number): string {
  const char = text[index < 0 ? index + text.length : index];
  if (char === undefined) throw new ScriptError('string index out of range');
  return char;
}

function sliceText(text: string, spec: SliceSpec): string {
  const [start, stop, step] = sliceBounds(spec, text.length);
  if (step === 1) return text.slice(start, Math.max(start, stop));
  let out = '';
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) out += text[i]!;
  return out;
}

/** text[slice]: its second argument is a slice, which no signature can say. */
export const TEXT_SLICE = operator('prim::slice_text(str self, Any slice) -> str', sliceText);

const is = (name: string, pattern: RegExp): Operator =>
  operator(`${name}(str self) -> bool`, (text: string) => pattern.test(text));

const END = Number.MAX_SAFE_INTEGER;

export const STRINGS: readonly Operator[] = [
  operator('add(str a, str b) -> str', (a: string, b: string) => boundedText(a + b)),
  operator('mul(str a, int n) -> str', (text: string, n: number) => {
    checkTextLength(text.length * n);
    return text.repeat(Math.max(0, n));
  }),
  inline('len(str self) -> int', '$0.length'),
  inline('Bool(str self) -> bool', '($0 !== "")'),
  inline('__contains__(str self, str part) -> bool', '$0.includes($1)'),
  operator('__getitem__(str self, int index) -> str', charAt),
  operator('ord(str self) -> int', (text: string) => {
    if (text.length !== 1)
      throw new ScriptError(`ord() expected a character, but string of length ${text.length} found`);
    return text.charCodeAt(0);
  }),
  operator('chr(int code) -> str', (code: number) => {
    if (code < 0 || code > 255) throw new ScriptError('chr() arg not in range(256)');
    return String.fromCharCode(code);
  }),
  operator('upper(str self) -> str', upper),
  operator('lower(str self) -> str', lower),
  operator('capitalize(str self) -> str', capitalize),
  operator('title(str self) -> str', title),
  operator('swapcase(str self) -> str', swapCase),
  operator('strip(str self, str? chars=None) -> str', (text: string, chars: string | null) =>
    stripped(text, chars, true, true),
  ),
  operator('lstrip(str self, str? chars=None) -> str', (text: string, chars: string | null) =>
    stripped(text, chars, true, false),
  ),
  operator('rstrip(str self, str? chars=None) -> str', (text: string, chars: string | null) =>
    stripped(text, chars, false, true),
  ),
  operator('split(str self, str? separator=None, int max=-1) -> str[]', split),
  operator('rsplit(str self, str? separator=None, int max=-1) -> str[]', splitFromRight),
  operator('splitlines(str self, bool keepends=False) -> str[]', splitLines),
  operator('partition(str self, str separator) -> (str, str, str)', (text: string, by: string) =>
    partition(text, by, false),
  ),
  operator('rpartition(str self, str separator) -> (str, str, str)', (text: string, by: string) =>
    partition(text, by, true),
  ),
  operator('join(str self, str[] values) -> str', joined),
  operator('replace(str self, str old, str new, int max=-1) -> str', replaceAll),
  operator(
    `find(str self, str part, int start=0, int end=${END}) -> int`,
    (t: string, p: string, a: number, b: number) => find(t, p, a, b, false),
  ),
  operator(
    `rfind(str self, str part, int start=0, int end=${END}) -> int`,
    (t: string, p: string, a: number, b: number) => find(t, p, a, b, true),
  ),
  operator(
    `index(str self, str part, int start=0, int end=${END}) -> int`,
    (t: string, p: string, a: number, b: number) => findOrFail(t, p, a, b, false),
  ),
  operator(
    `rindex(str self, str part, int start=0, int end=${END}) -> int`,
    (t: string, p: string, a: number, b: number) => findOrFail(t, p, a, b, true),
  ),
  operator(`count(str self, str part, int start=0, int end=${END}) -> int`, countOf),
  inline('startswith(str self, str prefix) -> bool', '$0.startsWith($1)'),
  inline('endswith(str self, str suffix) -> bool', '$0.endsWith($1)'),
  operator("ljust(str self, int width, str fillchar=' ') -> str", (t: string, w: number, f: string) =>
    padded(t, w, f, false),
  ),
  operator("rjust(str self, int width, str fillchar=' ') -> str", (t: string, w: number, f: string) =>
    padded(t, w, f, true),
  ),
  operator("center(str self, int width, str fillchar=' ') -> str", centered),
  operator('zfill(str self, int width) -> str', zeroFilled),
  is('isdigit', /^\d+$/),
  is('isdecimal', /^\d+$/),
  is('isnumeric', /^\d+$/),
  is('isalpha', /^[A-Za-z]+$/),
  is('isalnum', /^[A-Za-z\d]+$/),
  is('isspace', /^[ \t\n\v\f\r]+$/),
  is('isupper', /^[^a-z]*[A-Z][^a-z]*$/),
  is('islower', /^[^A-Z]*[a-z][^A-Z]*$/),
  is('isidentifier', /^[A-Za-z_]\w*$/),
  operator('format(str self, str[] texts) -> str', formatted),
];
