// First step of the road of a command: bytes off a socket become the arguments of one command after another.
//
//   request   = multibulk | inline
//   multibulk = "*" count CRLF, count times: "$" length CRLF, length bytes, CRLF
//   inline    = words separated by blanks, LF                       (inline-words.ts)
//
// A count of zero or less is no command. Lengths are decimal without leading zeros. As Redis does, the two bytes after
// an argument are skipped without a look at them. A violation ends the conversation: nobody can tell where it goes on.
import type { Args } from './args.ts';
import { splitInline } from './inline-words.ts';
import { latin1Slice } from './latin1.ts';
import { TextArgs } from './text-args.ts';

/** What a client may send. Asked for each time, since settings and authentication change. */
export interface RequestLimits {
  readonly argumentsMax: number;
  readonly bulkBytesMax: number;
  /** All of one command. */
  readonly requestBytesMax: number;
  readonly authenticated: boolean;
}

/** The client does not speak the protocol; `message` is the text after `ERR Protocol error: `. */
export class ProtocolError extends Error {}

/** A header or an inline command longer than this is an error, as in Redis. */
const LINE_BYTES_MAX = 64 * 1024;
const UNAUTHENTICATED_ARGUMENTS_MAX = 10;
const UNAUTHENTICATED_BULK_BYTES_MAX = 16 * 1024;
/** Own memory kept for incomplete commands between uses. */
const KEPT_BYTES_MAX = 1024 * 1024;

const CR = 13;
const LF = 10;
const ASTERISK = 42;
const DOLLAR = 36;
const MINUS = 45;
const ZERO = 48;
const LOWER_TO_UPPER = 32;

const NOTHING = Buffer.alloc(0);

/**
 * Holds what has arrived and is not yet handled. Complete commands are read where they arrived; only the incomplete one
 * at the end of a chunk is copied, into memory that doubles as bytes really come in. The decoder is itself the Args of
 * the command that `next` found last, so that a command costs no allocation.
 */
export class RequestDecoder implements Args {
  length = 0;
  #buffer: Buffer = NOTHING;
  /** True where #buffer is this decoder's own, so that more can be appended to it. */
  #owned = false;
  /** First byte of the command being read; argument offsets count from here, so they survive a move. */
  #start = 0;
  /** Next byte to look at. */
  #position = 0;
  #end = 0;
  /** Where to look on for the end of a line, so that no byte is searched twice. */
  #searched = 0;
  /** Arguments of the command that are still to come; -1 between commands. */
  #missing = -1;
  /** Length of the argument whose header has been read, else -1. */
  #bulkLength = -1;
  #offsets = new Int32Array(2 * 64);

  /** Bytes of a command that has not arrived completely. */
  get pendingBytes(): number {
    return this.#end - this.#start;
  }

  push(chunk: Buffer): void {
    if (this.#start === this.#end) this.#adopt(chunk);
    else this.#append(chunk);
  }

  /**
   * Arguments of the next complete command, valid until the next call of push or next; undefined if more bytes are
   * needed.
   * @throws ProtocolError
   */
  next(limits: RequestLimits): Args | undefined {
    if (this.#missing === -1) this.#start = this.#position;
    while (this.#position < this.#end) {
      if (this.#missing === -1 && this.#buffer[this.#position] !== ASTERISK) {
        const words = this.#inline();
        if (words === undefined) break;
        if (words.length > 0) return new TextArgs(words);
        continue;
      }
      if (!this.#multibulk(limits)) break;
      if (this.length > 0) return this;
    }
    if (this.pendingBytes > limits.requestBytesMax) throw new ProtocolError('too big request');
    if (this.#start === this.#end) this.#release();
    return undefined;
  }

  text(i: number): string {
    return latin1Slice(this.#buffer, this.#start + this.#offsets[2 * i]!, this.#start + this.#offsets[2 * i + 1]!);
  }

  word(i: number): string {
    return this.text(i).toUpperCase();
  }

  is(i: number, word: string): boolean {
    const from = this.#start + this.#offsets[2 * i]!;
    const to = this.#start + this.#offsets[2 * i + 1]!;
    if (to - from !== word.length) return false;
    for (let k = 0; k < word.length; k++) {
      const byte = this.#buffer[from + k]!;
      const upper = byte >= 97 && byte <= 122 ? byte - LOWER_TO_UPPER : byte;
      if (upper !== word.charCodeAt(k)) return false;
    }
    return true;
  }

  bytes(i: number): Uint8Array {
    return this.#buffer.subarray(this.#start + this.#offsets[2 * i]!, this.#start + this.#offsets[2 * i + 1]!);
  }

  size(i: number): number {
    return this.#offsets[2 * i + 1]! - this.#offsets[2 * i]!;
  }

  raw(from: number, to: number): Uint8Array {
    return this.#buffer.subarray(this.#rawStart(from), this.#start + this.#offsets[2 * to - 1]!);
  }

  isRaw(from: number, to: number, bytes: Uint8Array): boolean {
    const start = this.#rawStart(from);
    const end = this.#start + this.#offsets[2 * to - 1]!;
    return end - start === bytes.length && this.#buffer.compare(bytes, 0, bytes.length, start, end) === 0;
  }

  copy(): Args {
    return new TextArgs(Array.from({ length: this.length }, (_, i) => this.text(i)));
  }

  /** Where the header of argument i begins; of the first one that of the command itself. */
  #rawStart(i: number): number {
    return i === 0 ? this.#start : this.#start + this.#offsets[2 * i - 1]! + 2;
  }

  /** Reads on in the command that begins at #start; true once it is complete. */
  #multibulk(limits: RequestLimits): boolean {
    if (this.#missing === -1) {
      const count = this.#header('mbulk');
      if (count === undefined) return false;
      checkCount(count, limits);
      this.length = 0;
      this.#missing = Math.max(0, count);
    }
    while (this.#missing > 0) {
      if (this.#bulkLength === -1 && !this.#bulkHeader(limits)) return false;
      if (this.#end - this.#position < this.#bulkLength + 2) return false;
      this.#take(this.#position, this.#position + this.#bulkLength);
      this.#moveTo(this.#position + this.#bulkLength + 2);
      this.#bulkLength = -1;
      this.#missing--;
    }
    this.#missing = -1;
    if (this.length === 0) this.#start = this.#position;
    return true;
  }

  #bulkHeader(limits: RequestLimits): boolean {
    if (this.#position < this.#end && this.#buffer[this.#position] !== DOLLAR) {
      const got = String.fromCharCode(this.#buffer[this.#position]!);
      throw new ProtocolError(`expected '$', got '${got}'`);
    }
    const length = this.#header('bulk');
    if (length === undefined) return false;
    if (!(length >= 0 && length <= limits.bulkBytesMax)) throw new ProtocolError('invalid bulk length');
    if (!limits.authenticated && length > UNAUTHENTICATED_BULK_BYTES_MAX) {
      throw new ProtocolError('unauthenticated bulk length');
    }
    this.#bulkLength = length;
    return true;
  }

  /** The number between the byte at #position and CRLF, NaN if it is none; undefined if the line is incomplete. */
  #header(kind: 'mbulk' | 'bulk'): number | undefined {
    const lineEnd = this.#find(CR);
    if (lineEnd === -1) {
      if (this.#end - this.#position > LINE_BYTES_MAX) throw new ProtocolError(`too big ${kind} count string`);
      return undefined;
    }
    if (lineEnd + 2 > this.#end) return undefined;
    const number = this.#integer(this.#position + 1, lineEnd);
    this.#moveTo(lineEnd + 2);
    return number;
  }

  #inline(): string[] | undefined {
    const lineEnd = this.#find(LF);
    if (lineEnd === -1) {
      if (this.#end - this.#position > LINE_BYTES_MAX) throw new ProtocolError('too big inline request');
      return undefined;
    }
    const textEnd = lineEnd > this.#position && this.#buffer[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    const words = splitInline(latin1Slice(this.#buffer, this.#position, textEnd));
    this.#moveTo(lineEnd + 1);
    this.#start = this.#position;
    if (words === undefined) throw new ProtocolError('unbalanced quotes in request');
    return words;
  }

  #find(byte: number): number {
    for (let at = Math.max(this.#searched, this.#position); at < this.#end; at++) {
      if (this.#buffer[at] === byte) return at;
    }
    this.#searched = this.#end;
    return -1;
  }

  #integer(from: number, to: number): number {
    const negative = this.#buffer[from] === MINUS;
    const first = negative ? from + 1 : from;
    const digits = to - first;
    if (digits < 1 || digits > 15 || (this.#buffer[first] === ZERO && (digits > 1 || negative))) return NaN;
    let value = 0;
    for (let at = first; at < to; at++) {
      const digit = this.#buffer[at]! - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  #take(from: number, to: number): void {
    if (2 * this.length === this.#offsets.length) {
      const larger = new Int32Array(2 * this.#offsets.length);
      larger.set(this.#offsets);
      this.#offsets = larger;
    }
    this.#offsets[2 * this.length] = from - this.#start;
    this.#offsets[2 * this.length + 1] = to - this.#start;
    this.length++;
  }

  #moveTo(position: number): void {
    this.#position = position;
    this.#searched = position;
  }

  #adopt(chunk: Buffer): void {
    this.#buffer = chunk;
    this.#owned = false;
    this.#start = 0;
    this.#end = chunk.length;
    this.#moveTo(0);
  }

  #append(chunk: Buffer): void {
    if (!this.#owned || this.#end + chunk.length > this.#buffer.length) this.#moveToOwn(chunk.length);
    this.#end += chunk.copy(this.#buffer, this.#end);
  }

  /** Moves the incomplete command to the front of memory with room for `more` bytes. */
  #moveToOwn(more: number): void {
    const pending = this.pendingBytes;
    const needed = pending + more;
    const fits = this.#owned && needed <= this.#buffer.length;
    const target = fits ? this.#buffer : Buffer.allocUnsafe(Math.max(4096, 2 * needed));
    this.#buffer.copy(target, 0, this.#start, this.#end);
    this.#position -= this.#start;
    this.#searched -= this.#start;
    this.#start = 0;
    this.#end = pending;
    this.#buffer = target;
    this.#owned = true;
  }

  /** Everything was read: lets go of a chunk, of a large buffer and of a large table of offsets. */
  #release(): void {
    this.#start = 0;
    this.#end = 0;
    this.#moveTo(0);
    if (!this.#owned || this.#buffer.length > KEPT_BYTES_MAX) {
      this.#buffer = NOTHING;
      this.#owned = false;
    }
    if (this.#offsets.length > 4096) this.#offsets = new Int32Array(2 * 64);
  }
}

function checkCount(count: number, limits: RequestLimits): void {
  if (Number.isNaN(count) || count > limits.argumentsMax) throw new ProtocolError('invalid multibulk length');
  if (!limits.authenticated && count > UNAUTHENTICATED_ARGUMENTS_MAX) {
    throw new ProtocolError('unauthenticated multibulk length');
  }
}
