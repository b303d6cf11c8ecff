// A TCP proxy between consumers and Kafka that knows which request each response answers, and can lose, hold back or
// swallow some of them. Rules see whole frames, in both directions.
import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { FrameSplitter } from './frame-splitter.ts';

/** Kafka's numbers of the requests that rows interfere with. */
export const API = {
  produce: 0,
  fetch: 1,
  offsetCommit: 8,
  addPartitionsToTxn: 24,
  addOffsetsToTxn: 25,
  endTxn: 26,
  txnOffsetCommit: 28,
} as const;

/** What becomes of one frame. */
export type Action =
  | { readonly kind: 'pass' }
  /** It never arrives, and the connection stays. */
  | { readonly kind: 'swallow' }
  /** It never arrives, and the connection breaks. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'delay'; readonly ms: number };

export const PASS: Action = { kind: 'pass' };

export interface Frame {
  readonly direction: 'request' | 'response';
  readonly apiKey: number;
  /** Connection it is of: clients open several. */
  readonly connection: number;
}

export type Rule = (frame: Frame) => Action;

const API_KEY_AT = 4;
const REQUEST_CORRELATION_AT = 8;
const RESPONSE_CORRELATION_AT = 4;

export class KafkaProxy {
  rule: Rule = () => PASS;
  /** Frames that were not simply passed on. */
  readonly faults: Frame[] = [];
  readonly #upstreamPort: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #connections = 0;

  static async listen(port: number, upstreamPort: number): Promise<KafkaProxy> {
    const proxy = new KafkaProxy(upstreamPort);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort;
    this.#server = createServer((client) => this.#join(client));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(client: Socket): void {
    const broker = connect(this.#upstreamPort, '127.0.0.1');
    const connection = (this.#connections += 1);
    const apiKeys = new Map<number, number>();
    const cut = (): void => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut).on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
    this.#pump(client, broker, cut, (frame) => {
      const apiKey = frame.readInt16BE(API_KEY_AT);
      apiKeys.set(frame.readInt32BE(REQUEST_CORRELATION_AT), apiKey);
      return { direction: 'request', apiKey, connection };
    });
    this.#pump(broker, client, cut, (frame) => {
      const correlation = frame.readInt32BE(RESPONSE_CORRELATION_AT);
      const apiKey = apiKeys.get(correlation) ?? -1;
      apiKeys.delete(correlation);
      return { direction: 'response', apiKey, connection };
    });
  }

  /** Frame by frame, in order: one that is held back holds back those behind it, as a slow line would. */
  #pump(from: Socket, to: Socket, cut: () => void, describe: (frame: Buffer) => Frame): void {
    const splitter = new FrameSplitter();
    let turn = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      for (const bytes of splitter.push(chunk)) {
        const frame = describe(bytes);
        turn = turn.then(() => this.#forward(frame, bytes, to, cut));
      }
    });
  }

  async #forward(frame: Frame, bytes: Buffer, to: Socket, cut: () => void): Promise<void> {
    const action = this.rule(frame);
    if (action.kind !== 'pass') this.faults.push(frame);
    if (action.kind === 'cut') cut();
    if (action.kind === 'delay') await delay(action.ms, undefined, { ref: false });
    if ((action.kind === 'pass' || action.kind === 'delay') && !to.destroyed) to.write(bytes);
  }
}
