// The payload of DUMP and RESTORE: this engine's own, not Redis' (whose payloads RESTORE refuses, as Redis refuses a
// newer version's).
//
//   payload = body, version (uint16), CRC-32 of all before it (uint32)      numbers are little-endian
//   body    = type (uint8), content        content of data types: count (uint32), then `count` texts
//   text    = length (uint32), bytes       hash: field, value, …   zset: member, score as text, …   AI values: their own
import { crc32 } from './crc32.ts';
import { HashValue } from '../keyspace/hash-value.ts';
import { ListValue } from '../keyspace/list-value.ts';
import { SetValue } from '../keyspace/set-value.ts';
import { SortedSetValue } from '../keyspace/sorted-set-value.ts';
import { StringValue } from '../keyspace/string-value.ts';
import { isAiValue, type DataValue, type Value, type ValueType } from '../keyspace/value.ts';
import type { Engine } from './engine.ts';

const VERSION = 1;
const TRAILER_BYTES = 6;
/** The position is the type's code in a payload. */
const TYPES: readonly ValueType[] = ['string', 'list', 'set', 'zset', 'hash', 'AI_TENSOR', 'AI__MODEL', 'AI_SCRIPT'];

export function dumpValue(value: Value): Uint8Array {
  const content = isAiValue(value) ? value.dump() : encodeTexts(textsOf(value));
  const payload = Buffer.alloc(1 + content.length + TRAILER_BYTES);
  payload[0] = TYPES.indexOf(value.type);
  payload.set(content, 1);
  payload.writeUInt16LE(VERSION, 1 + content.length);
  payload.writeUInt32LE(crc32(payload.subarray(0, payload.length - 4)), payload.length - 4);
  return payload;
}

/** Undefined if the payload is not one that dumpValue made. @throws ReplyError of the engine's module */
export function loadValue(engine: Engine, payload: Buffer): Value | Promise<Value | undefined> | undefined {
  if (!isIntact(payload)) return undefined;
  const type = TYPES[payload[0]!];
  const content = payload.subarray(1, payload.length - TRAILER_BYTES);
  if (type === 'AI_TENSOR' || type === 'AI__MODEL' || type === 'AI_SCRIPT') return engine.module?.load(type, content);
  const texts = decodeTexts(content);
  return type === undefined || texts === undefined ? undefined : valueOf(type, texts);
}

function isIntact(payload: Buffer): boolean {
  const end = payload.length;
  if (end < 1 + TRAILER_BYTES) return false;
  return (
    payload.readUInt16LE(end - 6) === VERSION && payload.readUInt32LE(end - 4) === crc32(payload.subarray(0, end - 4))
  );
}

function textsOf(value: DataValue): string[] {
  switch (value.type) {
    case 'string':
      return [value.text];
    case 'list':
      return value.slice();
    case 'set':
      return [...value.members()];
    case 'hash':
      return [...value.entries()].flat();
    case 'zset':
      return [...value.entries()].flatMap(([member, score]) => [member, String(score)]);
  }
}

function valueOf(type: DataValue['type'], texts: readonly string[]): DataValue | undefined {
  if (type === 'string') return texts.length === 1 ? new StringValue(texts[0]!) : undefined;
  return texts.length === 0 ? undefined : collectionOf(type, texts);
}

function collectionOf(type: 'list' | 'set' | 'hash' | 'zset', texts: readonly string[]): DataValue | undefined {
  if (type === 'list') {
    const list = new ListValue();
    list.refill(texts);
    return list;
  }
  if (type === 'set') {
    const set = new SetValue();
    for (const member of texts) set.add(member);
    return set;
  }
  return texts.length % 2 === 1 ? undefined : pairsOf(type, texts);
}

function pairsOf(type: 'hash' | 'zset', texts: readonly string[]): DataValue | undefined {
  const hash = new HashValue();
  const zset = new SortedSetValue();
  for (let i = 0; i < texts.length; i += 2) {
    if (type === 'hash') hash.set(texts[i]!, texts[i + 1]!);
    else if (Number.isNaN(Number(texts[i + 1]))) return undefined;
    else zset.set(texts[i]!, Number(texts[i + 1]));
  }
  return type === 'hash' ? hash : zset;
}

function encodeTexts(texts: readonly string[]): Buffer {
  const bytes = Buffer.alloc(4 + texts.reduce((sum, text) => sum + 4 + text.length, 0));
  let at = bytes.writeUInt32LE(texts.length, 0);
  for (const text of texts) {
    at = bytes.writeUInt32LE(text.length, at);
    at += bytes.write(text, at, 'latin1');
  }
  return bytes;
}

function decodeTexts(content: Buffer): string[] | undefined {
  if (content.length < 4) return undefined;
  const count = content.readUInt32LE(0);
  const texts: string[] = [];
  let at = 4;
  while (texts.length < count) {
    if (at + 4 > content.length) return undefined;
    const length = content.readUInt32LE(at);
    at += 4;
    if (length > content.length - at) return undefined;
    texts.push(content.toString('latin1', at, at + length));
    at += length;
  }
  return at === content.length ? texts : undefined;
}
