// One raw connection that keeps a number of requests in flight: as soon as replies come in, as many requests go out.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { FraudstreamError, messageOf } from '../core/errors.ts';
import { engineTls, type EngineAddress } from '../stream/engine/engine-address.ts';
import type { Latency } from '../telemetry/latency.ts';
import { frame, type FrameRing } from './frame-ring.ts';
import { ReplyCounter } from './reply-counter.ts';

/** Without any reply for so long, a load is given up. */
const SILENCE_MS_MAX = 30_000;

export interface Load {
  readonly frames: FrameRing;
  /** Requests in flight. */
  readonly depth: number;
  /** Asked before each sending. */
  readonly isOver: (sent: number, elapsedMs: number) => boolean;
}

export interface LoadResult {
  readonly replies: number;
  /** From the first request to the last reply. */
  readonly elapsedMs: number;
}

export class LoadConnection {
  readonly #socket: Socket;
  readonly #counter = new ReplyCounter();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setTimeout(SILENCE_MS_MAX, () => socket.destroy(new Error(`no reply within ${SILENCE_MS_MAX} ms`)));
  }

  /** @throws FraudstreamError BENCH_CONNECTION_LOST */
  static async open(address: EngineAddress): Promise<LoadConnection> {
    const socket = socketTo(address);
    try {
      await once(socket, 'connect');
    } catch (cause) {
      throw connectionLost(cause);
    }
    const connection = new LoadConnection(socket);
    for (const words of greeting(address.redisaiUrl)) await connection.#greet(frame(words));
    return connection;
  }

  /** @throws FraudstreamError where the connection ends or a reply is an error */
  async run(load: Load, latency: Latency): Promise<LoadResult> {
    const result = await this.#exchange(load, latency).catch((cause: unknown) => {
      throw connectionLost(cause);
    });
    this.#refuseErrors();
    return result;
  }

  close(): void {
    this.#socket.destroy();
  }

  #exchange({ frames, depth, isOver }: Load, latency: Latency): Promise<LoadResult> {
    const startedMs = performance.now();
    const sentAtMs = new Float64Array(depth).fill(startedMs);
    let [sent, replies] = [depth, 0];
    return this.#listen((count, finish) => {
      const nowMs = performance.now();
      for (let i = 0; i < count; i += 1) {
        const slot = (replies + i) % depth;
        latency.recordMs(nowMs - sentAtMs[slot]!);
        sentAtMs[slot] = nowMs;
      }
      replies += count;
      if (!isOver(sent, nowMs - startedMs)) {
        sent += count;
        this.#socket.write(frames.take(count));
      } else if (replies === sent) finish({ replies, elapsedMs: nowMs - startedMs });
    }, frames.take(depth));
  }

  /** Sends `first`, then hands the number of new replies to `onReplies` until it calls `finish`. */
  #listen<T>(onReplies: (count: number, finish: (value: T) => void) => void, first: Buffer): Promise<T> {
    const socket = this.#socket;
    return new Promise<T>((resolve, reject) => {
      const onData = (chunk: Buffer): void => {
        const count = this.#counter.push(chunk);
        if (count > 0) onReplies(count, finish);
      };
      const onClose = (): void => reject(new Error('the server closed the connection'));
      const finish = (value: T): void => {
        socket.off('data', onData).off('error', reject).off('close', onClose);
        resolve(value);
      };
      socket.on('data', onData).on('error', reject).on('close', onClose);
      socket.write(first);
    });
  }

  async #greet(request: Buffer): Promise<void> {
    await this.#listen<undefined>((_count, finish) => finish(undefined), request);
    this.#refuseErrors();
  }

  #refuseErrors(): void {
    const { errors, firstError } = this.#counter;
    if (errors === 0) return;
    throw new FraudstreamError(
      'BENCH_REPLY_ERROR',
      `the engine answered ${errors} times with an error: ${firstError}`,
      {
        next: 'figures of failures mean nothing: run it against an engine that answers, or mend what it says',
      },
    );
  }
}

function socketTo(address: EngineAddress): Socket {
  const { redisaiUrl: url } = address;
  if (url.startsWith('unix:')) return connect(url.slice('unix:'.length));
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const place = { host, port: Number(port === '' ? '6379' : port), noDelay: true };
  const tls = engineTls(address);
  return tls === undefined ? connect(place) : connectTls({ ...place, ...tls });
}

/** What a URL asks to be sent first: who one is, and which database. */
function greeting(url: string): string[][] {
  if (url.startsWith('unix:')) return [];
  const { username, password, pathname } = new URL(url);
  const user = username === '' ? [] : [decodeURIComponent(username)];
  const database = pathname.slice(1);
  return [
    ...(password === '' ? [] : [['AUTH', ...user, decodeURIComponent(password)]]),
    ...(database === '' ? [] : [['SELECT', database]]),
  ];
}

function connectionLost(cause: unknown): FraudstreamError {
  return new FraudstreamError('BENCH_CONNECTION_LOST', `the engine went away: ${messageOf(cause)}`, {
    next: 'see the log of the engine',
    retriable: true,
    cause,
  });
}
