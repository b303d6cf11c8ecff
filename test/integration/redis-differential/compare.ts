// How the replies of Redis and of the engine are compared: with their types, where order is promised in order.
import { readFileSync } from 'node:fs';
import { splitInline } from '../../../src/redisai/resp/inline-words.ts';
import type { TypedReply } from '../../helpers/resp2-client.ts';

/** Replies of which Redis promises no order. */
export const UNORDERED = new Set([
  'SMEMBERS',
  'SINTER',
  'SUNION',
  'SDIFF',
  'KEYS',
  'SCAN',
  'SSCAN',
  'ACL',
  'CONFIG',
  'HSCAN',
  'SPOP',
]);
/** Of these only the kind of reply is compared: they tell of the machine, of the time, or of what only Redis has. */
export const LOOSE = new Set([
  'OBJECT IDLETIME abc',
  'OBJECT IDLETIME a',
  'ACL LIST',
  'RANDOMKEY FOO',
  'LOLWUT VERSION',
  'INFO nosuch',
]);

export type Words = readonly string[];

function show(reply: TypedReply, sorted: boolean): string {
  if (reply.t === 'null') return `null ${reply.nil}`;
  if (reply.t === 'bulk') return JSON.stringify(reply.v.toString('latin1'));
  if (reply.t !== 'array') return `${reply.t} ${reply.v}`;
  const items = reply.v.map((item) => show(item, sorted));
  return `[${(sorted ? items.sort() : items).join(', ')}]`;
}

export function comparable(words: Words, reply: TypedReply): string {
  if (LOOSE.has(words.join(' '))) return reply.t;
  // What a transaction answers is in order, what its commands answer may not be.
  if (words[0] === 'EXEC' && reply.t === 'array') return reply.v.map((item) => show(item, true)).join('; ');
  return show(reply, UNORDERED.has(words[0]!.toUpperCase()));
}

export function commandsOf(file: URL): string[][] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => splitInline(line)!);
}
