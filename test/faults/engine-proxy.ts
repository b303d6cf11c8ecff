// A server between the consumer and the real engine that alters chosen replies to AI.DAGEXECUTE, byte for byte as a faulty
// engine would send them.
import { createServer, connect, type Server, type Socket } from 'node:net';
import { freePorts } from '../../src/local/free-port.ts';
import { RespSplitter } from './resp-splitter.ts';

/** A DAG as it was sent: what it would score. */
export interface DagRequest {
  /** The 120 bytes of the transaction's tensor. */
  readonly features: Buffer;
}

/** The reply to send in place of the engine's; undefined leaves it. */
export type Alter = (request: DagRequest, reply: Buffer) => Buffer | undefined;

const FEATURE_BYTES = 120;
const BLOB_MARK = Buffer.from('\r\nBLOB\r\n$120\r\n');
const DAG_MARK = Buffer.from('AI.DAGEXECUTE');
/** Within the first bytes of a command stands its name. */
const NAME_BYTES = 40;

export class EngineProxy {
  alter: Alter = () => undefined;
  readonly port: number;
  readonly #enginePort: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async listen(enginePort: number): Promise<EngineProxy> {
    const [port] = await freePorts(1);
    const proxy = new EngineProxy(port!, enginePort);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor(port: number, enginePort: number) {
    this.port = port;
    this.#enginePort = enginePort;
    this.#server = createServer((client) => this.#join(client));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(client: Socket): void {
    const engine = connect(this.#enginePort, '127.0.0.1');
    /** Commands that are not answered yet: the DAG, or undefined for any other. */
    const unanswered: (DagRequest | undefined)[] = [];
    this.#tie(client, engine);
    const requests = new RespSplitter();
    client.on('data', (chunk: Buffer) => {
      for (const command of requests.push(chunk)) unanswered.push(dagRequest(command));
      engine.write(chunk);
    });
    const replies = new RespSplitter();
    engine.on('data', (chunk: Buffer) => {
      for (const reply of replies.push(chunk)) {
        const request = unanswered.shift();
        client.write((request === undefined ? undefined : this.alter(request, reply)) ?? reply);
      }
    });
  }

  #tie(client: Socket, engine: Socket): void {
    const cut = (): void => {
      client.destroy();
      engine.destroy();
    };
    for (const socket of [client, engine]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut).on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
  }
}

function dagRequest(command: Buffer): DagRequest | undefined {
  if (!command.subarray(0, NAME_BYTES).includes(DAG_MARK)) return undefined;
  const at = command.indexOf(BLOB_MARK);
  if (at < 0) return undefined;
  const from = at + BLOB_MARK.length;
  return { features: Buffer.from(command.subarray(from, from + FEATURE_BYTES)) };
}
