// What an engine sends → replies. Waits for as many bytes as it knows to be missing, and allocates nothing by a length that
// came over the wire.
//
//   reply = "+" text CRLF | "-" error CRLF | ":" integer CRLF | "$" length CRLF bytes CRLF | "*" count CRLF reply{count}
//   length or count = -1: null
import { readKeyList } from './key-list.ts';
import type { Reply } from './reply.ts';
import { SoundReply, soundShapeAt } from './sound-reply.ts';

/** An answer of the engine that says no; the name tells it from a connection that broke. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

/** Deeper than any reply of an engine. */
const DEPTH_MAX = 8;
/** A line (a status, an error, a length) is no longer than that. */
const LINE_BYTES_MAX = 64 * 1024;
/** As Redis has it for one string; a large model comes in chunks. */
const REPLY_BYTES_MAX = 512 * 1024 * 1024;
const CR = 13;
const ZERO = 48;
/** The first byte of each kind of reply. */
const [STATUS, ERROR, INTEGER, BULK, ARRAY] = [43, 45, 58, 36, 42];

export class ReplyReader {
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** With fewer bytes than that there is no use in looking. */
  #needed = 1;

  /**
   * Hands over each reply that is complete with this chunk; lists of keys as they came, where they are asked for.
   * @throws Error where the bytes are no reply
   */
  push(chunk: Buffer, onReply: (reply: Reply) => void, areKeysNext: () => boolean = never): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#needed) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    const end = this.#readAll(bytes, onReply, areKeysNext);
    this.#chunks = end === bytes.length ? [] : [bytes.subarray(end)];
    this.#buffered = bytes.length - end;
  }

  #readAll(bytes: Buffer, onReply: (reply: Reply) => void, areKeysNext: () => boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const shape = soundShapeAt(bytes, at);
      if (shape !== undefined) {
        onReply(new SoundReply(bytes, at, shape));
        at += shape.expected.length;
        continue;
      }
      const list = areKeysNext() ? readKeyList(bytes, at) : undefined;
      if (list !== undefined) {
        onReply(list.keys);
        at = list.end;
        continue;
      }
      const cursor = new Cursor(bytes, at);
      const reply = cursor.read(0);
      if (reply === INCOMPLETE) {
        this.#needed = cursor.neededBytes - at;
        return at;
      }
      onReply(reply);
      at = cursor.at;
    }
    this.#needed = 1;
    return at;
  }
}

const never = (): boolean => false;

const INCOMPLETE = Symbol('incomplete');
type Read = Reply | typeof INCOMPLETE;

class Cursor {
  readonly #bytes: Buffer;
  at: number;
  /** Where incomplete: the bytes that must be there before another look is worth it. */
  neededBytes = 0;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  read(depth: number): Read {
    const kind = this.#bytes[this.at];
    if (kind === BULK || kind === ARRAY) {
      const length = this.#shortLength() ?? this.#length();
      if (length === INCOMPLETE) return INCOMPLETE;
      return kind === BULK ? this.#bulk(length) : this.#array(length, depth);
    }
    const line = this.#line();
    if (line === INCOMPLETE) return INCOMPLETE;
    switch (kind) {
      case STATUS:
        return line;
      case ERROR:
        return new ReplyError(line);
      case INTEGER:
        return integer(line);
      default:
        throw new Error('the engine sent what is no RESP');
    }
  }

  /** Of one or two digits, as nearly all are: read without making a string. */
  #shortLength(): number | undefined {
    const first = this.#digit(this.at + 1);
    if (first === undefined) return undefined;
    const second = this.#digit(this.at + 2);
    const end = this.at + (second === undefined ? 2 : 3);
    if (this.#bytes[end] !== CR || end + 1 >= this.#bytes.length) return undefined;
    this.at = end + 2;
    return second === undefined ? first : 10 * first + second;
  }

  #digit(at: number): number | undefined {
    const digit = this.#bytes[at]! - ZERO;
    return digit >= 0 && digit <= 9 ? digit : undefined;
  }

  #length(): number | typeof INCOMPLETE {
    const line = this.#line();
    return line === INCOMPLETE ? INCOMPLETE : lengthOf(line);
  }

  /** The text of a line behind its first byte. */
  #line(): string | typeof INCOMPLETE {
    const end = this.#bytes.indexOf(CR, this.at + 1);
    if (end === -1 && this.#bytes.length - this.at > LINE_BYTES_MAX) throw new Error('the engine sent an endless line');
    if (end === -1 || end + 1 >= this.#bytes.length) return this.#missing(this.#bytes.length + 1);
    const line = this.#bytes.toString('utf8', this.at + 1, end);
    this.at = end + 2;
    return line;
  }

  #bulk(length: number): Read {
    if (length === -1) return null;
    const end = this.at + length;
    if (end + 2 > this.#bytes.length) return this.#missing(end + 2);
    const body = this.#bytes.subarray(this.at, end);
    this.at = end + 2;
    return body;
  }

  #array(count: number, depth: number): Read {
    if (count === -1) return null;
    if (depth === DEPTH_MAX) throw new Error('the engine sent arrays in arrays without end');
    const items: Reply[] = [];
    while (items.length < count) {
      const item = this.read(depth + 1);
      if (item === INCOMPLETE) return INCOMPLETE;
      items.push(item);
    }
    return items;
  }

  #missing(neededBytes: number): typeof INCOMPLETE {
    this.neededBytes = neededBytes;
    return INCOMPLETE;
  }
}

function integer(text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isInteger(value)) throw new Error('the engine sent no number where one has to be');
  return value;
}

function lengthOf(text: string): number {
  const length = integer(text);
  if (length < -1 || length > REPLY_BYTES_MAX) throw new Error(`the engine sent a length of ${text}`);
  return length;
}
