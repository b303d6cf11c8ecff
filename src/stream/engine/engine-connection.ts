// The connection to the engine, made by ioredis: bounded waits, no queue while it is away, errors heard by the log.
import type { Redis } from 'ioredis';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import type { StreamLog } from '../stream-log.ts';
import { engineClient, engineDistrust, type EngineAddress } from './engine-address.ts';

const RECONNECT_MS_MAX = 1_000;

function connectionOptions(timeoutMs: number) {
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

/** @throws FraudstreamError where no engine answers within `timeoutMs` */
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
    throw engineDistrust(lastError, address) ?? unreachable(address, lastError);
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

function unreachable({ redisaiUrl }: EngineAddress, cause: unknown): FraudstreamError {
  const place = redisaiUrl.replace(/\/\/[^/@]*@/, '//');
  return new FraudstreamError('ENGINE_UNREACHABLE', `no engine answers at ${place}: ${messageOf(cause)}`, {
    next: 'start one (fraudstream serve), or name yours in REDISAI_URL',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}
