// A client that sends what it likes, right or wrong, and keeps what comes back as it came.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { eventually } from './eventually.ts';

export class RawClient {
  /** Everything received so far, a character for each byte. */
  received = '';
  isClosed = false;
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    // A reset is one of the ways in which a server ends the conversation.
    socket.on('error', () => undefined);
    socket.on('close', () => (this.isClosed = true));
  }

  /** @param url of a running engine */
  static async open(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  write(bytes: Uint8Array | string): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** What has been received once it matches, or once the server has closed the connection. */
  async answer(until: RegExp = /\r\n/): Promise<string> {
    await eventually(() => this.isClosed || until.test(this.received));
    return this.received;
  }

  async closed(): Promise<string> {
    await eventually(() => this.isClosed);
    return this.received;
  }
}

/** A command as an array of bulk strings. */
export function frame(...words: readonly (string | Uint8Array)[]): Buffer {
  const parts = words.flatMap((word) => {
    const bytes = typeof word === 'string' ? Buffer.from(word, 'latin1') : word;
    return [Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')];
  });
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts]);
}
