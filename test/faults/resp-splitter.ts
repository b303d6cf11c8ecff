// Bytes of a connection → whole RESP 2 values, commands and replies alike, each with the bytes it came in.

const CR_LF = Buffer.from('\r\n');
const BYTES_MAX = 64 * 1024 * 1024;

export class RespSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** Every value that is now complete. @throws RangeError where one grows beyond all bounds */
  push(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const values: Buffer[] = [];
    for (let end = endOfValue(this.#rest, 0); end !== undefined; end = endOfValue(this.#rest, 0)) {
      values.push(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
    if (this.#rest.length > BYTES_MAX) throw new RangeError('a RESP value that does not end');
    return values;
  }
}

/** Where the value that begins at `from` ends; undefined where it has not come whole. */
export function endOfValue(bytes: Buffer, from: number): number | undefined {
  const lineEnd = bytes.indexOf(CR_LF, from);
  if (lineEnd < 0) return undefined;
  const next = lineEnd + CR_LF.length;
  const kind = String.fromCharCode(bytes[from]!);
  if (kind !== '$' && kind !== '*') return next;
  const count = Number(bytes.toString('latin1', from + 1, lineEnd));
  if (kind === '*') return endOfItems(bytes, next, count);
  const end = count < 0 ? next : next + count + CR_LF.length;
  return end <= bytes.length ? end : undefined;
}

function endOfItems(bytes: Buffer, from: number, count: number): number | undefined {
  let end: number | undefined = from;
  for (let item = 0; item < count && end !== undefined; item++) {
    end = end < bytes.length ? endOfValue(bytes, end) : undefined;
  }
  return end;
}
