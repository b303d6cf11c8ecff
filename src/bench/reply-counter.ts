// Counts replies in what a server sends, and the errors in them: all that a load has to know of its answers.
//
//   reply = "+" text CRLF | "-" error CRLF | ":" integer CRLF | "$" length CRLF bytes CRLF | "*" count CRLF reply{count}

const CR = 13;
const DOLLAR = 36;
const ASTERISK = 42;
const MINUS = 45;
const ZERO = 48;

export class ReplyCounter {
  /** Error elements so far, at any depth; the first of them as text. */
  errors = 0;
  firstError = '';
  #rest: Buffer = Buffer.alloc(0);

  /** Number of replies that are complete with this chunk. */
  push(chunk: Buffer): number {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let replies = 0;
    let start = 0;
    for (let end = endOfReply(bytes, 0); end !== -1; end = endOfReply(bytes, start)) {
      this.#countErrors(bytes, start, end);
      start = end;
      replies += 1;
    }
    this.#rest = bytes.subarray(start);
    return replies;
  }

  #countErrors(bytes: Buffer, start: number, end: number): void {
    for (let at = start; at < end; at = endOfElement(bytes, at)) {
      if (bytes[at] !== MINUS) continue;
      if (this.errors === 0) this.firstError = bytes.toString('latin1', at + 1, endOfElement(bytes, at) - 2);
      this.errors += 1;
    }
  }
}

/** Position after the reply that begins at `start`; -1 where it is not all there. */
function endOfReply(bytes: Buffer, start: number): number {
  let at = start;
  for (let missing = 1; missing > 0; missing -= 1) {
    const end = endOfElement(bytes, at);
    if (end === -1) return -1;
    if (bytes[at] === ASTERISK) missing += Math.max(0, integerAt(bytes, at + 1));
    at = end;
  }
  return at;
}

/** Position after one element: of an array, after its count. */
function endOfElement(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== CR) at += 1;
  const length = bytes[start] === DOLLAR ? integerAt(bytes, start + 1) : -1;
  const end = at + 2 + (length >= 0 ? length + 2 : 0);
  return end <= bytes.length ? end : -1;
}

function integerAt(bytes: Buffer, start: number): number {
  if (bytes[start] === MINUS) return -1;
  let value = 0;
  for (let at = start; at < bytes.length && bytes[at] !== CR; at += 1) value = 10 * value + bytes[at]! - ZERO;
  return value;
}
