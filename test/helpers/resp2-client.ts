// A small RESP2 client for tests that keeps the type of every reply, and the reader of its frames.
import { connect, type Socket } from 'node:net';

/** A reply with its type on the wire; text is held as bytes. */
export type TypedReply =
  | { readonly t: 'status' | 'error'; readonly v: string }
  | { readonly t: 'int'; readonly v: number }
  | { readonly t: 'bulk'; readonly v: Buffer }
  | { readonly t: 'null'; readonly nil: 'bulk' | 'array' }
  | { readonly t: 'array'; readonly v: readonly TypedReply[] };

interface Parsed {
  readonly reply: TypedReply;
  readonly end: number;
}

/** The reply that starts at `at`, or undefined when its end has not arrived yet. */
function parse(bytes: Buffer, at: number): Parsed | undefined {
  const lineEnd = bytes.indexOf('\r\n', at);
  if (lineEnd < 0) return undefined;
  const kind = bytes.toString('latin1', at, at + 1);
  const line = bytes.toString('utf8', at + 1, lineEnd);
  const end = lineEnd + 2;
  switch (kind) {
    case '+':
      return { reply: { t: 'status', v: line }, end };
    case '-':
      return { reply: { t: 'error', v: line }, end };
    case ':':
      return { reply: { t: 'int', v: Number(line) }, end };
    case '$':
      return parseBulk(bytes, end, Number(line));
    case '*':
      return parseArray(bytes, end, Number(line));
    default:
      throw new Error(`not a RESP2 reply: ${JSON.stringify(bytes.toString('latin1', at, at + 40))}`);
  }
}

function parseBulk(bytes: Buffer, at: number, length: number): Parsed | undefined {
  if (length < 0) return { reply: { t: 'null', nil: 'bulk' }, end: at };
  if (bytes.length < at + length + 2) return undefined;
  return { reply: { t: 'bulk', v: Buffer.from(bytes.subarray(at, at + length)) }, end: at + length + 2 };
}

function parseArray(bytes: Buffer, at: number, length: number): Parsed | undefined {
  if (length < 0) return { reply: { t: 'null', nil: 'array' }, end: at };
  const items: TypedReply[] = [];
  let end = at;
  while (items.length < length) {
    const item = parse(bytes, end);
    if (item === undefined) return undefined;
    items.push(item.reply);
    end = item.end;
  }
  return { reply: { t: 'array', v: items }, end };
}

function frame(args: readonly (string | Uint8Array)[]): Buffer {
  const parts: Uint8Array[] = [Buffer.from(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg;
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(parts);
}

/** One connection. Commands may be pipelined: replies resolve in order. */
export class Resp2Client {
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);
  readonly #waiting: { resolve: (reply: TypedReply) => void; reject: (error: Error) => void }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  static async open(port: number, host = '127.0.0.1'): Promise<Resp2Client> {
    const socket = connect({ port, host, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new Resp2Client(socket);
  }

  send(...args: readonly (string | Uint8Array)[]): Promise<TypedReply> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.write(frame(args));
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    let at = 0;
    for (let parsed = parse(this.#bytes, at); parsed !== undefined; parsed = parse(this.#bytes, at)) {
      at = parsed.end;
      this.#waiting.shift()?.resolve(parsed.reply);
    }
    this.#bytes = this.#bytes.subarray(at);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
