// Inline commands, as people type them with telnet or nc.
//
//   line   = words separated by blanks
//   word   = any of: bare characters | "…" with \n \r \t \b \a \xHH and \c for c | '…' with \'
//   A closing quote must be followed by a blank or the end.

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };
const BLANK = /[\s\0]/;
const HEX_PAIR = /^[0-9a-fA-F]{2}/;

interface Cursor {
  at: number;
}

/** The words of a line; undefined if its quotes are unbalanced. */
export function splitInline(line: string): string[] | undefined {
  const words: string[] = [];
  const cursor: Cursor = { at: 0 };
  for (;;) {
    while (cursor.at < line.length && BLANK.test(line[cursor.at]!)) cursor.at++;
    if (cursor.at >= line.length) return words;
    const word = readWord(line, cursor);
    if (word === undefined) return undefined;
    words.push(word);
  }
}

function readWord(line: string, cursor: Cursor): string | undefined {
  const parts: string[] = [];
  while (cursor.at < line.length && !BLANK.test(line[cursor.at]!)) {
    const char = line[cursor.at++]!;
    if (char !== '"' && char !== "'") {
      parts.push(char);
      continue;
    }
    if (!readQuoted(line, cursor, char, parts)) return undefined;
    if (cursor.at < line.length && !BLANK.test(line[cursor.at]!)) return undefined;
  }
  return parts.join('');
}

/** Reads up to and over the closing quote; false if there is none. */
function readQuoted(line: string, cursor: Cursor, quote: string, parts: string[]): boolean {
  while (cursor.at < line.length) {
    const char = line[cursor.at++]!;
    if (char === quote) return true;
    if (char !== '\\' || cursor.at >= line.length) parts.push(char);
    else parts.push(quote === '"' ? readEscape(line, cursor) : readApostrophe(line, cursor));
  }
  return false;
}

function readEscape(line: string, cursor: Cursor): string {
  const char = line[cursor.at++]!;
  const hex = char === 'x' ? HEX_PAIR.exec(line.slice(cursor.at, cursor.at + 2)) : null;
  if (hex === null) return ESCAPES[char] ?? char;
  cursor.at += 2;
  return String.fromCharCode(parseInt(hex[0], 16));
}

function readApostrophe(line: string, cursor: Cursor): string {
  if (line[cursor.at] !== "'") return '\\';
  cursor.at++;
  return "'";
}
