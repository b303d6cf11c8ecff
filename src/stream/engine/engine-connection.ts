// The connection to the engine, made by ioredis: bounded waits, no queue while it is away, errors heard by the log.
import type { Redis } from 'ioredis';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { shownAddress } from '../../core/redis-address.ts';
import type { StreamLog } from '../stream-log.ts';
import { connectionFault } from './connection-fault.ts';
import { engineClient, type EngineAddress } from './engine-address.ts';
import type { Reply } from './reply.ts';

export interface HowToRead {
  /** Replies are lists of keys, to be left as they come. */
  readonly asksForKeys?: boolean;
}

/** What an engine's commands go over. */
export interface EngineConnection {
  /** Rises with every new connection: replies under another number may be another engine's. */
  readonly generation: number;
  /** Encoded commands, so many of them. A reply for each, never a rejection: what became of the connection is one too. */
  send(bytes: Buffer | string, commands: number, how?: HowToRead): Promise<readonly Reply[]>;
  close(): void;
}

const RECONNECT_MS_MAX = 1_000;

export function connectionOptions(timeoutMs: number) {
  return {
    // A stopped engine keeps its sockets open: only a deadline tells.
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    // After its handshake ioredis sends nothing: the socket is pipelined-connection.ts' then.
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    retryStrategy: (attempt: number) => Math.min(20 * 2 ** Math.min(attempt, 10), RECONNECT_MS_MAX),
  } as const;
}

/** To one server. @throws FraudstreamError where no engine answers within `timeoutMs` */
export async function openConnection(address: EngineAddress, timeoutMs: number, log: StreamLog): Promise<Redis> {
  const redis = engineClient(address, connectionOptions(timeoutMs));
  let lastError: unknown = 'no answer';
  redis.on('error', (error: unknown) => {
    lastError = error;
    // Its `command` would show what was sent; the message is enough.
    log.debug({ reason: messageOf(error) }, 'the connection to the engine failed');
  });
  try {
    await ready(redis, timeoutMs);
  } catch {
    redis.disconnect();
    throw notReached(address, lastError);
  }
  return redis;
}

function ready(redis: Redis, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('time is up')), timeoutMs);
    redis.once('ready', () => {
      clearTimeout(deadline);
      resolve();
    });
    // The first attempt may fail: it is tried again until the deadline.
    redis.connect().catch(() => {});
  });
}

/** What is told of an engine to which there is no connection. */
export function notReached(address: EngineAddress, cause: unknown): FraudstreamError {
  const words = `no engine answers at ${shownAddress(address.redisaiUrl)}: ${messageOf(cause)}`;
  const unreachable = (): FraudstreamError =>
    new FraudstreamError('ENGINE_UNREACHABLE', words, {
      next: 'start one (fraudstream serve), or name yours in REDISAI_URL',
      exitCode: EXIT.unavailable,
      retriable: true,
      cause,
    });
  return connectionFault(cause, address) ?? unreachable();
}
