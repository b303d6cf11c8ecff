// How a command speaks to the engine once, outside the stream: connect or say at once why not.
import { Redis } from 'ioredis';
import { provisionError } from '../provision/provision-error.ts';

const CONNECT_MS_MAX = 5_000;
const COMMAND_MS_MAX = 60_000;

/** Runs `work` with a connection. @throws FraudstreamError ENGINE_UNREACHABLE, ENGINE_ACCESS_DENIED. */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url.replace(/^unix:/, ''), {
    // As the stream speaks to it: in RESP 3 some replies have another shape.
    protocol: 2,
    lazyConnect: true,
    connectTimeout: CONNECT_MS_MAX,
    commandTimeout: COMMAND_MS_MAX,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // connect() rejects with "Connection is closed"; what really happened comes as an event.
  let reason: Error | undefined;
  redis.on('error', (error: Error) => {
    reason = error;
  });
  try {
    await redis.connect().catch((error: unknown) => Promise.reject(provisionError(reason ?? error)));
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
