// Keys as an engine lists them, left as they came: a request takes them in the same form, so nothing is made of each.
//
//   reply = "*" length CRLF keys
//   keys  = ("$" bytes CRLF key CRLF){length}
const [CR, LF, ZERO, BULK, ARRAY] = [13, 10, 48, 36, 42];
const DIGITS_MAX = 6;
const CRLF_BYTES = 2;

export class KeyList implements Iterable<Buffer> {
  static readonly NONE = new KeyList(Buffer.alloc(0), 0, 0, 0);
  readonly length: number;
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;

  /** So many keys, encoded, from `start` to before `end`. */
  constructor(bytes: Buffer, start: number, end: number, length: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.length = length;
  }

  static of(keys: readonly Buffer[]): KeyList {
    const heads = keys.map((key) => `$${key.length}\r\n`);
    const bytes = keys.reduce((sum, key, index) => sum + heads[index]!.length + key.length + CRLF_BYTES, 0);
    const encoded = Buffer.allocUnsafe(bytes);
    let at = 0;
    keys.forEach((key, index) => {
      at += encoded.write(heads[index]!, at, 'latin1');
      at += key.copy(encoded, at);
      at += encoded.write('\r\n', at, 'latin1');
    });
    return new KeyList(encoded, 0, bytes, keys.length);
  }

  get encodedBytes(): number {
    return this.#end - this.#start;
  }

  /** @returns where they end in `target` */
  copyTo(target: Buffer, at: number): number {
    return at + this.#bytes.copy(target, at, this.#start, this.#end);
  }

  *[Symbol.iterator](): Iterator<Buffer> {
    for (let at = this.#start; at < this.#end; at = after(this.#bytes, at)) yield this.#keyAt(at);
  }

  first(count: number): KeyList {
    if (this.length <= count) return this;
    let end = this.#start;
    for (let index = 0; index < count; index++) end = after(this.#bytes, end);
    return new KeyList(this.#bytes, this.#start, end, count);
  }

  /** `key`: a character is a byte. */
  without(key: string): KeyList {
    const found = this.#find(key);
    if (found < 0) return this;
    const next = after(this.#bytes, found);
    const rest = Buffer.concat([this.#bytes.subarray(this.#start, found), this.#bytes.subarray(next, this.#end)]);
    return new KeyList(rest, 0, rest.length, this.length - 1);
  }

  /**
   * Those that `former` does not have, where this list is that one moved on: newer keys before it, the oldest gone. In any
   * other case, all of them.
   */
  beyond(former: KeyList): KeyList {
    let newer = 0;
    for (let at = this.#start; at < this.#end; at = after(this.#bytes, at)) {
      const left = this.#end - at;
      if (left <= former.encodedBytes && isSame(this.#bytes, at, former.#bytes, former.#start, left))
        return new KeyList(this.#bytes, this.#start, at, newer);
      newer++;
    }
    return this;
  }

  #find(key: string): number {
    for (let at = this.#start; at < this.#end; at = after(this.#bytes, at))
      if (lengthAt(this.#bytes, at) === key.length && isText(this.#bytes, at + headBytes(key.length), key)) return at;
    return -1;
  }

  #keyAt(at: number): Buffer {
    const length = lengthAt(this.#bytes, at);
    const body = at + headBytes(length);
    return this.#bytes.subarray(body, body + length);
  }
}

/** The whole list that stands at `start`, and where it ends; undefined where it is none, or not all there. */
export function readKeyList(
  bytes: Buffer,
  start: number,
): { readonly keys: KeyList; readonly end: number } | undefined {
  const count = bytes[start] === ARRAY ? numberAt(bytes, start + 1) : -1;
  if (count < 0) return undefined;
  const first = start + headBytes(count);
  let at = first;
  for (let index = 0; index < count; index++) {
    const length = lengthAt(bytes, at);
    if (length < 0) return undefined;
    const end = at + headBytes(length) + length;
    if (bytes[end] !== CR || bytes[end + 1] !== LF) return undefined;
    at = end + CRLF_BYTES;
  }
  return { keys: new KeyList(bytes, first, at, count), end: at };
}

const lengthAt = (bytes: Buffer, at: number): number => (bytes[at] === BULK ? numberAt(bytes, at + 1) : -1);

/** The digits up to CRLF, as an engine writes them; -1 where there is no number, or not all of it. */
function numberAt(bytes: Buffer, start: number): number {
  let value = 0;
  for (let at = start; at <= start + DIGITS_MAX; at++) {
    const byte = bytes[at]!;
    if (byte === CR) return at - start === digitsOf(value) && bytes[at + 1] === LF ? value : -1;
    const digit = byte - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = 10 * value + digit;
  }
  return -1;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits++;
  return digits;
}

/** Of a kind, a number and CRLF. */
const headBytes = (number: number): number => 1 + digitsOf(number) + CRLF_BYTES;

/** Where the key that begins at `at` ends, of a list that was read before. */
function after(bytes: Buffer, at: number): number {
  const length = lengthAt(bytes, at);
  return at + headBytes(length) + length + CRLF_BYTES;
}

function isText(bytes: Buffer, at: number, text: string): boolean {
  for (let index = text.length - 1; index >= 0; index--) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function isSame(bytes: Buffer, at: number, others: Buffer, othersAt: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (bytes[at + index] !== others[othersAt + index]) return false;
  return true;
}
