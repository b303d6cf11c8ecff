// Last step of the road of a command: replies become bytes, one after another in one buffer per connection.
//
//   status  + text CRLF           error  - text CRLF          integer  : digits CRLF
//   bulk    $ length CRLF bytes CRLF, null $-1 CRLF           array    * count CRLF items, null *-1 CRLF
//   RESP3:  null _ CRLF   double , text CRLF   map % count CRLF   set ~ count CRLF   verbatim = length CRLF txt: bytes CRLF
//   RESP2 sends a double as a bulk, a map as a flat array, a set as an array, verbatim text as a bulk.
import { latin1Write } from './latin1.ts';
import {
  Double,
  ErrorReply,
  MapReply,
  NullArray,
  type Replies,
  SetReply,
  Status,
  Verbatim,
  type Reply,
} from './reply.ts';

const CAPACITY = 16 * 1024;
const KEPT_BYTES_MAX = 1024 * 1024;
/** Shorter texts are copied character by character, which is faster than a call into Node. */
const SHORT_TEXT = 24;

const PLUS = 43;
const MINUS = 45;
const COLON = 58;
const DOLLAR = 36;
const ASTERISK = 42;
const COMMA = 44;
const PERCENT = 37;
const TILDE = 126;
const EQUALS = 61;
const CR = 13;
const LF = 10;
const ZERO = 48;

/** The reply would not fit the connection's limit. */
export class OutputLimitError extends Error {}

export class ReplyEncoder {
  /** RESP version of the connection. */
  protocol: 2 | 3 = 2;
  length = 0;
  readonly #bytesMax: number;
  #buffer = Buffer.allocUnsafe(CAPACITY);

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** @throws OutputLimitError */
  write(reply: Reply): void {
    if (typeof reply === 'string') this.#bulkText(reply);
    else if (typeof reply === 'number') this.#head(COLON, reply);
    else if (typeof reply === 'bigint') this.#line(COLON, reply.toString());
    else this.#object(reply);
  }

  /** What was written since; the caller hands it back with `recycle` once nobody reads it any more. */
  take(): Buffer {
    const written = this.#buffer.subarray(0, this.length);
    this.length = 0;
    return written;
  }

  /** `isFree`: the buffer taken last may be written again. */
  recycle(isFree: boolean): void {
    if (!isFree || this.#buffer.length > KEPT_BYTES_MAX) this.#buffer = Buffer.allocUnsafe(CAPACITY);
  }

  #object(reply: Exclude<Reply, string | number | bigint>): void {
    if (reply === null) this.#raw(this.protocol === 3 ? '_\r\n' : '$-1\r\n');
    else if (reply instanceof Status) this.#line(PLUS, reply.text);
    else if (reply instanceof Uint8Array) this.#bulkBytes(reply);
    else if (Array.isArray(reply)) this.#array(ASTERISK, reply as readonly Reply[]);
    else this.#rare(reply as Exclude<typeof reply, readonly Reply[]>);
  }

  #rare(reply: ErrorReply | NullArray | Double | MapReply | SetReply | Verbatim | Replies): void {
    const isResp3 = this.protocol === 3;
    if (reply instanceof ErrorReply) this.#line(MINUS, oneLine(reply.text));
    else if (reply instanceof NullArray) this.#raw(isResp3 ? '_\r\n' : '*-1\r\n');
    else if (reply instanceof Double) this.#double(reply.text);
    else if (reply instanceof MapReply) this.#map(reply);
    else if (reply instanceof SetReply) this.#array(isResp3 ? TILDE : ASTERISK, reply.items);
    else if (reply instanceof Verbatim) this.#verbatim(reply.text);
    else for (const item of reply.items) this.write(item);
  }

  #array(type: number, items: readonly Reply[]): void {
    this.#head(type, items.length);
    for (const item of items) this.write(item);
  }

  #map(reply: MapReply): void {
    const { entries } = reply;
    this.#head(this.protocol === 3 ? PERCENT : ASTERISK, this.protocol === 3 ? entries.length : 2 * entries.length);
    for (const [key, value] of entries) {
      this.write(key);
      this.write(value);
    }
  }

  #double(text: string): void {
    if (this.protocol === 3) this.#line(COMMA, text);
    else this.#bulkText(text);
  }

  #verbatim(text: string): void {
    if (this.protocol === 2) {
      this.#bulkText(text);
      return;
    }
    this.#head(EQUALS, text.length + 4);
    this.#raw('txt:');
    this.#raw(text);
    this.#raw('\r\n');
  }

  #bulkText(text: string): void {
    this.#head(DOLLAR, text.length);
    this.#reserve(text.length + 2);
    this.#put(text);
    this.#crlf();
  }

  #bulkBytes(bytes: Uint8Array): void {
    this.#head(DOLLAR, bytes.length);
    this.#reserve(bytes.length + 2);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
    this.#crlf();
  }

  #line(type: number, text: string): void {
    this.#reserve(text.length + 3);
    this.#buffer[this.length++] = type;
    this.#put(text);
    this.#crlf();
  }

  /** A type byte, an integer, CRLF. */
  #head(type: number, value: number): void {
    if (value < 0 || value > 99_999 || !Number.isInteger(value)) {
      this.#line(type, integerText(value));
      return;
    }
    this.#reserve(10);
    const buffer = this.#buffer;
    buffer[this.length++] = type;
    const digits = value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5;
    let rest = value;
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const quotient = (rest / 10) | 0;
      buffer[at] = ZERO + rest - 10 * quotient;
      rest = quotient;
    }
    this.length += digits;
    this.#crlf();
  }

  #raw(text: string): void {
    this.#reserve(text.length);
    this.#put(text);
  }

  /** Room must have been reserved. */
  #put(text: string): void {
    if (text.length > SHORT_TEXT) {
      this.length += latin1Write(this.#buffer, text, this.length);
      return;
    }
    const buffer = this.#buffer;
    let at = this.length;
    for (let i = 0; i < text.length; i++) buffer[at++] = text.charCodeAt(i);
    this.length = at;
  }

  #crlf(): void {
    this.#buffer[this.length++] = CR;
    this.#buffer[this.length++] = LF;
  }

  #reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.#buffer.length) return;
    if (needed > this.#bytesMax) throw new OutputLimitError(`a reply of more than ${this.#bytesMax} bytes`);
    const larger = Buffer.allocUnsafe(2 * needed);
    this.#buffer.copy(larger, 0, 0, this.length);
    this.#buffer = larger;
  }
}

/** Integers of a reply are whole by construction; beyond 2^53 they print without an exponent. */
function integerText(value: number): string {
  return Math.abs(value) < 1e21 ? String(Math.trunc(value)) : BigInt(Math.trunc(value)).toString();
}

/** A line break in an error's text would break the protocol. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}
