// One client: its bytes in, its commands run one after another, its replies out in the same order.
import type { Socket } from 'node:net';
import { messageOf } from '../core/errors.ts';
import { dispatch } from './commands/dispatch.ts';
import type { Engine } from './commands/engine.ts';
import { Session, type Connection } from './commands/session.ts';
import type { EngineLog } from './engine-event.ts';
import { OutputLimitError, ReplyEncoder } from './resp/reply-encoder.ts';
import { ErrorReply, type Reply } from './resp/reply.ts';
import { ProtocolError, RequestDecoder, type RequestLimits } from './resp/request-decoder.ts';

/** Replies are handed to the socket when a chunk is done, or earlier once so much has gathered. */
const FLUSH_BYTES = 256 * 1024;
/** While the client leaves more than this unread, no further commands of it are run. */
const BACKLOG_BYTES_MAX = 1024 * 1024;
/** A request may take requestSecondsMax for each of these that has arrived. */
const DEADLINE_STEP_BYTES = 1024 * 1024;

/** Commands that a browser sends when a page makes it speak to this port. */
const CROSS_PROTOCOL = new Set(['POST', 'HOST:', 'OPTIONS', 'PUT']);

export class ServerConnection implements Connection {
  readonly session: Session;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly #socket: Socket;
  readonly #engine: Engine;
  readonly #log: EngineLog;
  readonly #decoder = new RequestDecoder();
  readonly #encoder: ReplyEncoder;
  readonly #limits: RequestLimits;
  /** A command's promise is pending. */
  #pending = false;
  /** The client does not read its replies fast enough. */
  #congested = false;
  #closing = false;
  #destroyed = false;
  /** When the incomplete request began to arrive; 0 if there is none. */
  #requestSinceMs = 0;

  constructor(engine: Engine, socket: Socket, log: EngineLog) {
    this.#engine = engine;
    this.#socket = socket;
    this.#log = log;
    this.remoteAddress = addressOf(socket.remoteAddress, socket.remotePort, engine);
    this.localAddress = addressOf(socket.localAddress, socket.localPort, engine);
    this.#encoder = new ReplyEncoder(engine.settings.outputBytesMax);
    this.session = new Session(engine, this);
    this.#limits = new ConnectionLimits(this.session);
    engine.sessions.set(this.session.id, this.session);
    this.#listen();
  }

  close(): void {
    this.#closing = true;
    // Not at once: the reply to the command that asked for it is still to be written.
    queueMicrotask(() => {
      if (!this.#pending) this.#end();
    });
  }

  destroy(): void {
    this.#destroyed = true;
    this.#closing = true;
    this.#socket.destroy();
  }

  /** Nothing may be run for now. */
  get #isWaiting(): boolean {
    return this.#pending || this.#congested;
  }

  /** Ends a connection that is idle for too long or lets a request drip in. Called about once a second. */
  checkDeadlines(nowMs: number): void {
    const { requestSecondsMax, idleSecondsMax } = this.#engine.settings;
    const steps = 1 + Math.floor(this.#decoder.pendingBytes / DEADLINE_STEP_BYTES);
    if (
      this.#requestSinceMs !== 0 &&
      !this.#isWaiting &&
      nowMs - this.#requestSinceMs > steps * requestSecondsMax * 1000
    ) {
      this.#drop('a request was not complete in time');
    } else if (idleSecondsMax > 0 && !this.#isWaiting && nowMs - this.session.lastCommandAtMs > idleSecondsMax * 1000) {
      this.#drop('idle');
    }
  }

  #listen(): void {
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 300_000);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('drain', () => this.#onDrain());
    // 'close' follows; a client that goes away is no news.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
  }

  #onData(chunk: Buffer): void {
    this.#engine.statistics.inputBytes += chunk.length;
    if (this.#closing) return;
    this.#decoder.push(chunk);
    this.#run();
  }

  #onDrain(): void {
    this.#congested = false;
    this.#resume();
  }

  #onClose(): void {
    this.#destroyed = true;
    this.#closing = true;
    this.session.end();
  }

  /** Goes on with what has arrived, and reads more unless that has to wait again. */
  #resume(): void {
    if (this.#destroyed || this.#isWaiting || !this.#socket.isPaused()) return;
    this.#run();
    this.#readOn();
  }

  #readOn(): void {
    if (!this.#isWaiting) this.#socket.resume();
  }

  #run(): void {
    const nowMs = Date.now();
    this.#engine.keyspace.nowMs = nowMs;
    this.session.lastCommandAtMs = nowMs;
    try {
      let more = true;
      while (more && !this.#isWaiting && !this.#closing) more = this.#runNext(nowMs);
      this.#flush();
    } catch (thrown) {
      this.#fail(thrown);
    }
    if (this.#decoder.pendingBytes === 0) this.#requestSinceMs = 0;
    if (this.#closing && !this.#pending) this.#end();
  }

  /** Runs one command; false when no complete one is there. */
  #runNext(nowMs: number): boolean {
    const args = this.#decoder.next(this.#limits);
    if (args === undefined) {
      if (this.#requestSinceMs === 0) this.#requestSinceMs = nowMs;
      return false;
    }
    this.#requestSinceMs = 0;
    if (this.session.lastCommand === 'NULL' && this.#isCrossProtocol(args.word(0))) return false;
    const reply = dispatch(this.session, args);
    if (reply instanceof Promise) this.#await(reply);
    else this.#answer(reply);
    return true;
  }

  #await(promise: Promise<Reply>): void {
    this.#pending = true;
    this.#socket.pause();
    void promise.then((reply) => {
      this.#pending = false;
      if (this.#destroyed) return;
      try {
        this.#answer(reply);
      } catch (thrown) {
        this.#fail(thrown);
      }
      this.#resume();
    });
  }

  #answer(reply: Reply): void {
    const { session } = this;
    if (session.replies !== 'on') {
      const skipped = session.replies;
      if (skipped === 'skip-next') session.replies = 'skip';
      else if (skipped === 'skip') session.replies = 'on';
      return;
    }
    this.#encoder.protocol = session.protocol;
    this.#encoder.write(reply);
    if (this.#encoder.length > FLUSH_BYTES) this.#flush();
  }

  #flush(): void {
    if (this.#encoder.length === 0 || this.#destroyed) return;
    const bytes = this.#encoder.take();
    this.#engine.statistics.outputBytes += bytes.length;
    this.#socket.write(bytes);
    const unread = this.#socket.writableLength;
    this.#encoder.recycle(unread === 0);
    if (unread > this.#engine.settings.outputBytesMax) this.#drop('it does not read its replies');
    else if (unread > BACKLOG_BYTES_MAX) this.#pauseUntilDrained();
  }

  #pauseUntilDrained(): void {
    this.#congested = true;
    this.#socket.pause();
  }

  #fail(thrown: unknown): void {
    if (thrown instanceof ProtocolError) {
      this.#engine.statistics.protocolErrors++;
      this.#encoder.write(new ErrorReply(`ERR Protocol error: ${thrown.message}`));
      this.#flush();
      this.close();
    } else if (thrown instanceof OutputLimitError) {
      this.#drop(messageOf(thrown));
    } else {
      this.#engine.onDefect(thrown);
      this.destroy();
    }
  }

  #isCrossProtocol(word: string): boolean {
    if (!CROSS_PROTOCOL.has(word)) return false;
    this.#log({ kind: 'cross-protocol attempt', client: this.remoteAddress });
    this.destroy();
    return true;
  }

  #drop(reason: string): void {
    this.#log({ kind: 'client dropped', client: this.remoteAddress, reason });
    this.destroy();
  }

  #end(): void {
    if (!this.#destroyed) this.#socket.end();
  }
}

/** Limits as they are at the moment: CONFIG SET and AUTH change them. */
class ConnectionLimits implements RequestLimits {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get argumentsMax(): number {
    return this.#session.engine.settings.argumentsMax;
  }

  get bulkBytesMax(): number {
    return this.#session.engine.settings.bulkBytesMax;
  }

  get requestBytesMax(): number {
    return this.#session.engine.settings.requestBytesMax;
  }

  get authenticated(): boolean {
    return this.#session.authenticated;
  }
}

function addressOf(address: string | undefined, port: number | undefined, engine: Engine): string {
  if (address === undefined) return `${engine.settings.socketPath}:0`;
  return address.includes(':') ? `[${address}]:${port ?? 0}` : `${address}:${port ?? 0}`;
}
