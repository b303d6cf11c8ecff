// Commands as they go over the wire.
//   command = "*" count CRLF ("$" length CRLF bytes CRLF){count}
import type { Argument } from '../dag.ts';
import { lookUpCommand, type ReferenceQuery } from '../reference.ts';

const CRLF = Buffer.from('\r\n');

export function encodeCommand(words: readonly Argument[]): Buffer {
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...words.flatMap(encodeWord)]);
}

function encodeWord(word: Argument): Buffer[] {
  const bytes = typeof word === 'string' ? Buffer.from(word) : word;
  return [Buffer.from(`$${bytes.length}\r\n`), bytes, CRLF];
}

/** The reference lookups of a batch, one after the other, as text: that is one copy for all of them. */
export function encodeLookUps(set: string, queries: readonly ReferenceQuery[]): string {
  const known = wordText(set);
  let text = '';
  for (const query of queries) {
    const words = lookUpCommand(set, query);
    text += `*${words.length}\r\n`;
    for (const word of words) text += word === set ? known : asciiWordText(word);
  }
  return text;
}

/** A character of `keys` is a byte. */
export function encodeExists(keys: ReadonlySet<string>): Buffer {
  let text = `*${keys.size + 1}\r\n${asciiWordText('EXISTS')}`;
  for (const key of keys) text += asciiWordText(key);
  return Buffer.from(text, 'latin1');
}

const wordText = (word: string): string => `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
/** Numbers and Redis' own words: a character is a byte. */
const asciiWordText = (word: string): string => `$${word.length}\r\n${word}\r\n`;
