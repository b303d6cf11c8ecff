// An engine of a few lines, for tests of those who speak to one: it answers what it is told to, wrongly too.
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Replies as they go over the wire. */
export const resp = {
  ok: '+OK\r\n',
  integer: (value: number): string => `:${value}\r\n`,
  error: (words: string): string => `-${words}\r\n`,
  bulk: (bytes: Buffer | string): Buffer => {
    const body = Buffer.from(bytes as string);
    return Buffer.concat([Buffer.from(`$${body.length}\r\n`), body, Buffer.from('\r\n')]);
  },
  array: (items: readonly (Buffer | string)[]): Buffer =>
    Buffer.concat([Buffer.from(`*${items.length}\r\n`), ...items.map((item) => Buffer.from(item as string))]),
};

type Answer = Buffer | string | undefined;
/** Answers a command, or leaves it to the next one with undefined. */
export type Handler = (words: readonly string[], raw: readonly Buffer[]) => Answer;

export const tensor = (fraud: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeFloatLE(fraud, 0);
  bytes.writeFloatLE(1 - fraud, 4);
  return bytes;
};

export const described = (blob: Buffer, dtype = 'FLOAT', shape: readonly number[] = [1, 2]): Buffer =>
  resp.array([
    resp.bulk('dtype'),
    resp.bulk(dtype),
    resp.bulk('shape'),
    resp.array(shape.map(resp.integer)),
    resp.bulk('blob'),
    resp.bulk(blob),
  ]);

/** The eight elements of a good reply to a DAG. */
export const dagElements = (scoreA: number, scoreB: number, score: number): (Buffer | string)[] => [
  ...new Array<string>(5).fill(resp.ok),
  resp.bulk(tensor(scoreA)),
  resp.bulk(tensor(scoreB)),
  described(tensor(score)),
];

/** What its scripted model says: a function of the amount alone, so that a test can work it out. */
export const scoreOfAmount = (amount: number): number => Math.fround(amount % 1);

function answerDag(words: readonly string[], raw: readonly Buffer[]): Buffer {
  const features = raw[words.indexOf('BLOB') + 1]!;
  const score = scoreOfAmount(features.readFloatLE(29 * 4));
  return resp.array(dagElements(score, score, score));
}

export class ScriptedEngine {
  /** Everything it was asked, handshakes left out. */
  readonly commands: string[][] = [];
  readonly models = new Map<string, { tag: string; blob: Buffer }>();
  references: readonly string[] = [];
  hasScript = true;
  /** Reference keys that the index names and that are gone. */
  readonly expired = new Set<string>();
  /** Asked before anything else. */
  override: Handler = () => undefined;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(tag = 'tag') {
    for (const device of ['CPU', 'CPU:1']) {
      this.models.set(`fraud_detection_model{${tag}}_${device}`, { tag: 'v1', blob: Buffer.from('model') });
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** A second start comes back on the same port. */
  async start(): Promise<this> {
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.dropConnections();
    await closed;
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket.setNoDelay(true));
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (let frame = readCommand(pending); frame !== undefined; frame = readCommand(pending)) {
        pending = pending.subarray(frame.bytes);
        socket.write(this.#answer(frame.raw));
      }
    });
  }

  #answer(raw: readonly Buffer[]): Buffer | string {
    const words = raw.map((word) => word.toString());
    const name = words[0]!.toUpperCase();
    if (name === 'INFO') return resp.bulk('loading:0\r\n');
    if (name === 'CLIENT' || name === 'HELLO' || name === 'SELECT') return resp.ok;
    this.commands.push(words);
    return this.override(words, raw) ?? this.#handle(name, words, raw);
  }

  #isThere(key: string): boolean {
    return key.startsWith('helper_script') ? this.hasScript : !this.expired.has(key);
  }

  #handle(name: string, words: readonly string[], raw: readonly Buffer[]): Buffer | string {
    if (name === 'ZREVRANGEBYSCORE') return resp.array(this.references.slice(0, Number(words[6])).map(resp.bulk));
    if (name === 'EXISTS') return resp.integer(words.slice(1).filter((key) => this.#isThere(key)).length);
    if (name === 'EXPIRE') return resp.integer(1);
    if (name === 'AI.DAGEXECUTE')
      return this.models.size === 0 ? resp.error('ERR model key is empty') : answerDag(words, raw);
    if (name !== 'AI.MODELGET') return resp.error(`ERR unknown command '${words[0]!}', with args beginning with: `);
    const model = this.models.get(words[1]!);
    if (model === undefined) return resp.error('ERR model key is empty');
    return words[2] === 'BLOB' ? resp.bulk(model.blob) : resp.array([resp.bulk('tag'), resp.bulk(model.tag)]);
  }
}

/** One command, an array of bulk strings, from the front of `bytes`; undefined while it is not all there. */
function readCommand(bytes: Buffer): { raw: Buffer[]; bytes: number } | undefined {
  const lineEnd = (from: number): number => bytes.indexOf('\r\n', from);
  let at = lineEnd(0);
  if (at < 0) return undefined;
  const count = Number(bytes.toString('latin1', 1, at));
  at += 2;
  const raw: Buffer[] = [];
  while (raw.length < count) {
    const end = lineEnd(at);
    if (end < 0) return undefined;
    const length = Number(bytes.toString('latin1', at + 1, end));
    if (end + 2 + length + 2 > bytes.length) return undefined;
    raw.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return { raw, bytes: at };
}
