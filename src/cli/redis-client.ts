// How a command speaks to the engine once, outside the stream: connect or say at once why not.
import type { Redis } from 'ioredis';
import type { Settings } from '../config/settings.ts';
import { provisionError } from '../provision/provision-error.ts';
import { engineClient, engineDistrust, type EngineAddress } from '../stream/engine/engine-address.ts';
import { readTls } from './read-tls.ts';

const CONNECT_MS_MAX = 5_000;
const COMMAND_MS_MAX = 60_000;

/** `redisaiUrl` is the settings' own unless the engine was started here. @throws FraudstreamError FILE_NOT_READ */
export function engineAddress(settings: Settings, redisaiUrl = settings.redisaiUrl): EngineAddress {
  const { redisaiCaFile: ca, redisaiCertFile: cert, redisaiKeyFile: key } = settings;
  return { redisaiUrl, redisaiTls: readTls('REDISAI', { ca, cert, key }) };
}

/** Runs `work` with a connection. @throws FraudstreamError ENGINE_UNREACHABLE, ENGINE_TLS_FAILED, ENGINE_ACCESS_DENIED. */
export async function withRedis<T>(address: EngineAddress, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = engineClient(address, {
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
    await redis.connect().catch((error: unknown) => {
      const cause = reason ?? error;
      throw engineDistrust(cause, address) ?? provisionError(cause);
    });
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
