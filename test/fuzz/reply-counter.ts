// Counts the replies in a stream of bytes, and the errors among them at any depth; understands RESP2 and RESP3.
//
//   bulks ($ = !) carry so many bytes and CRLF; everything else is a line, be it a value or the head of a collection.

const BULKS = new Set(['$', '=', '!']);
/** The engine sends no longer line but an error's, which is cut where the client's own words would make it longer. */
const LINE_BYTES_MAX = 1024 * 1024;

export class ReplyCounter {
  elements = 0;
  errors = 0;
  /** Each of them ends the conversation. */
  protocolErrors = 0;
  /** Replies that say that something went wrong which nobody foresaw. */
  internalErrors = 0;
  #pending: Buffer = Buffer.alloc(0);
  /** Bytes of a bulk still to come. */
  #skip = 0;

  push(chunk: Buffer): void {
    let at = Math.min(this.#skip, chunk.length);
    this.#skip -= at;
    const bytes = this.#pending.length === 0 ? chunk.subarray(at) : Buffer.concat([this.#pending, chunk.subarray(at)]);
    at = 0;
    for (let end = bytes.indexOf('\r\n'); end !== -1; end = bytes.indexOf('\r\n', at)) {
      const line = bytes.toString('latin1', at, Math.min(end, at + 64));
      at = this.#count(line, end + 2, bytes.length);
    }
    this.#pending = Buffer.from(bytes.subarray(at));
    if (this.#pending.length > LINE_BYTES_MAX) throw new Error('a reply without an end');
  }

  /** Position after the line, and after the bulk that it is the head of. */
  #count(line: string, next: number, length: number): number {
    this.elements++;
    if (line.startsWith('-')) this.errors++;
    if (line.startsWith('-ERR Protocol error')) this.protocolErrors++;
    if (line.startsWith('-ERR internal error')) this.internalErrors++;
    if (!BULKS.has(line[0]!) || line.startsWith('$-1')) return next;
    const end = next + Number(line.slice(1)) + 2;
    this.#skip = Math.max(0, end - length);
    return Math.min(end, length);
  }
}
