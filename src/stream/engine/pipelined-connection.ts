// Commands out in as few writes, and replies in, as there are pieces of a batch. ioredis makes the connection, with everything
// its address may ask for (TLS, user, database, a socket's path), makes it again when it breaks, and hands the socket over
// each time; promises and objects for each single command, as it has them, would cost more than the scoring.
import type { Redis } from 'ioredis';
import type { StreamLog } from '../stream-log.ts';
import { messageOf } from '../../core/errors.ts';
import type { EngineConnection, HowToRead } from './engine-connection.ts';
import { ReplyReader } from './reply-reader.ts';
import type { Reply } from './reply.ts';

interface Request {
  readonly commands: number;
  /** Its replies are lists of keys, to be left as they come. */
  readonly asksForKeys: boolean;
  readonly replies: Reply[];
  readonly resolve: (replies: readonly Reply[]) => void;
}

type Socket = Redis['stream'];

export class PipelinedConnection implements EngineConnection {
  generation = 1;
  readonly #redis: Redis;
  readonly #timeoutMs: number;
  readonly #log: StreamLog;
  #socket: Socket | undefined;
  #reader = new ReplyReader();
  /** Replies come in the order of the requests. */
  #waiting: Request[] = [];
  #heardMs = 0;
  #watch: NodeJS.Timeout | undefined;

  /** `redis` is nobody else's; until it is ready, replies are that it is not. */
  constructor(redis: Redis, timeoutMs: number, log: StreamLog) {
    this.#redis = redis;
    this.#timeoutMs = timeoutMs;
    this.#log = log;
    redis.on('ready', () => this.#take(redis.stream));
    if (redis.status === 'ready') this.#take(redis.stream);
  }

  send(bytes: Buffer | string, commands: number, { asksForKeys = false }: HowToRead = {}): Promise<readonly Reply[]> {
    if (commands === 0) return Promise.resolve([]);
    const socket = this.#socket;
    if (socket === undefined) return Promise.resolve(new Array<Reply>(commands).fill(new Error('not connected')));
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) this.#heardMs = performance.now();
      this.#waiting.push({ commands, asksForKeys, replies: [], resolve });
      this.#watch ??= setTimeout(() => this.#look(), this.#timeoutMs);
      socket.write(bytes);
    });
  }

  close(): void {
    this.#lose(new Error('the connection was closed'));
    this.#redis.disconnect();
  }

  #take(socket: Socket): void {
    this.#socket = socket;
    this.#reader = new ReplyReader();
    // ioredis would take our replies for its own.
    socket.removeAllListeners('data').on('data', (chunk: Buffer) => this.#read(socket, chunk));
    socket.once('close', () => {
      if (this.#socket === socket) this.#lose(new Error('the connection was lost'));
    });
  }

  #read(socket: Socket, chunk: Buffer): void {
    this.#heardMs = performance.now();
    try {
      this.#reader.push(chunk, this.#onReply, this.#areKeysNext);
    } catch (error) {
      this.#log.warn({ reason: messageOf(error) }, 'the connection to the engine is given up');
      this.#lose(error as Error);
      socket.destroy();
    }
  }

  readonly #onReply = (reply: Reply): void => this.#hand(reply);
  readonly #areKeysNext = (): boolean => this.#waiting[0]?.asksForKeys === true;

  #hand(reply: Reply): void {
    const request = this.#waiting[0];
    if (request === undefined) throw new Error('the engine sent a reply that nobody asked for');
    request.replies.push(reply);
    if (request.replies.length < request.commands) return;
    this.#waiting.shift();
    request.resolve(request.replies);
  }

  /** A stopped engine keeps its sockets open: only silence tells. */
  #look(): void {
    this.#watch = undefined;
    if (this.#waiting.length === 0) return;
    const silentMs = performance.now() - this.#heardMs;
    if (silentMs < this.#timeoutMs) {
      this.#watch = setTimeout(() => this.#look(), this.#timeoutMs - silentMs);
      return;
    }
    const socket = this.#socket;
    this.#lose(new Error(`no reply within ${this.#timeoutMs} ms`));
    // A late reply would be taken for the next one's.
    socket?.destroy();
  }

  #lose(error: Error): void {
    clearTimeout(this.#watch);
    this.#watch = undefined;
    if (this.#socket !== undefined) this.generation++;
    this.#socket = undefined;
    for (const { commands, replies, resolve } of this.#waiting.splice(0))
      resolve([...replies, ...new Array<Reply>(commands - replies.length).fill(error)]);
  }
}
