// The other side of a conversation: requests to another engine, and its replies, of the kinds that nodes ask one another for.
import { ErrorReply, Status } from './reply.ts';

/** Longer bulk strings are refused: nodes tell one another less. */
const BULK_BYTES_MAX = 16 * 1024 * 1024;
const LINE_BYTES_MAX = 64 * 1024;

/** A bulk string or an integer is text; null is a null bulk string. */
export type PeerReply = Status | ErrorReply | string | null;

/** Texts are latin1, as everywhere in the engine. */
export function encodeRequest(words: readonly (string | Uint8Array)[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
  for (const word of words) {
    const bytes =
      typeof word === 'string' ? Buffer.from(word, 'latin1') : Buffer.from(word.buffer, word.byteOffset, word.length);
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(parts);
}

export class ReplyReader {
  #bytes: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** The next reply, undefined while it is incomplete. @throws Error on anything else */
  next(): PeerReply | undefined {
    const end = this.#bytes.indexOf('\r\n');
    if (end === -1) {
      if (this.#bytes.length > LINE_BYTES_MAX) throw new Error('a line of a reply is too long');
      return undefined;
    }
    const line = this.#bytes.toString('latin1', 1, end);
    switch (this.#bytes[0]) {
      case 0x2b:
        return this.#taken(end + 2, new Status(line));
      case 0x2d:
        return this.#taken(end + 2, new ErrorReply(line));
      case 0x3a:
        return this.#taken(end + 2, line);
      case 0x24:
        return this.#bulk(end + 2, Number(line));
      default:
        throw new Error('a reply is of a kind that was not asked for');
    }
  }

  #bulk(from: number, length: number): string | null | undefined {
    if (length === -1) return this.#taken(from, null);
    if (!(length >= 0 && length <= BULK_BYTES_MAX)) throw new Error('a bulk string is too long');
    if (this.#bytes.length < from + length + 2) return undefined;
    return this.#taken(from + length + 2, this.#bytes.toString('latin1', from, from + length));
  }

  #taken<R extends PeerReply>(end: number, reply: R): R {
    this.#bytes = this.#bytes.subarray(end);
    return reply;
  }
}
