// Commands as they go over the wire.
//   command = "*" count CRLF ("$" length CRLF bytes CRLF){count}
import type { Argument } from '../dag.ts';
import type { KeyList } from './key-list.ts';
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

export function encodeExists(lists: readonly KeyList[]): Buffer {
  const keys = lists.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.from(`*${keys + 1}\r\n${asciiWordText('EXISTS')}`);
  const bytes = Buffer.allocUnsafe(lists.reduce((sum, { encodedBytes }) => sum + encodedBytes, head.length));
  bytes.set(head);
  let at = head.length;
  for (const list of lists) at = list.copyTo(bytes, at);
  return bytes;
}

const wordText = (word: string): string => `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
/** Numbers and Redis' own words: a character is a byte. */
const asciiWordText = (word: string): string => `$${word.length}\r\n${word}\r\n`;
