// A connection to another engine: how keys move to it, and how nodes ask one another who serves which slot.
import { connect, type Socket } from 'node:net';
import { encodeRequest, ReplyReader, type PeerReply } from '../resp/reply-reader.ts';

interface Waiting {
  readonly resolve: (reply: PeerReply) => void;
  readonly reject: (error: Error) => void;
}

export class Peer {
  readonly #socket: Socket;
  readonly #reader = new ReplyReader();
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined = undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('timeout', () => this.#fail(new Error('it does not answer')));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('it has closed the connection')));
  }

  /** @param timeoutMs longest silence, while connecting and while an answer is awaited @throws Error */
  static async connect(host: string, port: number, timeoutMs: number): Promise<Peer> {
    const socket = connect({ host, port, noDelay: true, timeout: timeoutMs });
    const peer = new Peer(socket);
    return new Promise((resolve, reject) => {
      peer.#waiting.push({ resolve: () => undefined, reject });
      socket.once('connect', () => {
        peer.#waiting.shift();
        resolve(peer);
      });
    });
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  /** Requests may follow one another; replies come in the same order. @throws Error where the connection fails */
  send(...words: readonly (string | Uint8Array)[]): Promise<PeerReply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.write(encodeRequest(words));
    });
  }

  close(): void {
    this.#fail(new Error('this side has closed the connection'));
  }

  #read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
      for (let reply = this.#reader.next(); reply !== undefined; reply = this.#reader.next()) {
        this.#waiting.shift()?.resolve(reply);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
