// A small RESP3 client for tests: sends one command at a time and shows the reply as text, its types included.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { frame } from './raw-client.ts';

interface Shown {
  readonly text: string;
  readonly end: number;
}

const WITH_BYTES = '$=!';
const WITH_ITEMS = '*~>%';

/** The reply that starts at `at`; undefined when its end has not arrived yet. `sorted`: arrays have no order. */
function show(bytes: string, at: number, sorted: boolean): Shown | undefined {
  const lineEnd = bytes.indexOf('\r\n', at);
  if (lineEnd < 0) return undefined;
  const kind = bytes[at]!;
  const line = bytes.slice(at, lineEnd);
  const count = Number(line.slice(1));
  if (count < 0 || !(WITH_BYTES + WITH_ITEMS).includes(kind)) return { text: line, end: lineEnd + 2 };
  if (WITH_ITEMS.includes(kind)) return showItems(bytes, lineEnd + 2, kind, count, sorted);
  const end = lineEnd + 2 + count + 2;
  return end > bytes.length ? undefined : { text: kind + JSON.stringify(bytes.slice(lineEnd + 2, end - 2)), end };
}

function showItems(bytes: string, from: number, kind: string, count: number, sorted: boolean): Shown | undefined {
  const width = kind === '%' ? 2 : 1;
  const items: string[] = [];
  let end = from;
  while (items.length < count) {
    const parts: string[] = [];
    for (let i = 0; i < width; i++) {
      const part = show(bytes, end, sorted);
      if (part === undefined) return undefined;
      parts.push(part.text);
      end = part.end;
    }
    items.push(parts.join(': '));
  }
  // Maps and sets have no order by their nature.
  const ordered = sorted || kind === '%' || kind === '~' ? items.sort() : items;
  return { text: `${kind}[${ordered.join(', ')}]`, end };
}

export class Resp3Client {
  readonly #socket: Socket;
  #bytes = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => (this.#bytes += chunk.toString('latin1')));
  }

  static async open(port: number): Promise<Resp3Client> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const client = new Resp3Client(socket);
    await client.send(['HELLO', '3'], false);
    return client;
  }

  /** The reply as text: `%[$"a": :1]`. Only one command may be under way. */
  async send(words: readonly string[], sorted: boolean): Promise<string> {
    this.#socket.write(frame(...words));
    for (;;) {
      const shown = show(this.#bytes, 0, sorted);
      if (shown !== undefined) {
        this.#bytes = this.#bytes.slice(shown.end);
        return shown.text;
      }
      await once(this.#socket, 'data');
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}
