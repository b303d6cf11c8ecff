// How a command speaks to the engine once, outside the stream: connect or say at once why not.
import type { Redis } from 'ioredis';
import type { Settings } from '../config/settings.ts';
import { provisionError } from '../provision/provision-error.ts';
import { engineDistrust, type EngineAddress } from '../stream/engine/engine-address.ts';
import { shardClient } from '../stream/engine/shard-client.ts';
import { readTls } from './read-tls.ts';

const CONNECT_MS_MAX = 5_000;
const COMMAND_MS_MAX = 60_000;

/** `redisaiUrl` is the settings' own unless the engine was started here. @throws FraudstreamError FILE_NOT_READ */
export function engineAddress(settings: Settings, redisaiUrl = settings.redisaiUrl): EngineAddress {
  const { redisaiCaFile: ca, redisaiCertFile: cert, redisaiKeyFile: key } = settings;
  return { redisaiUrl, redisaiTls: readTls('REDISAI', { ca, cert, key }) };
}

/**
 * Runs `work` with a connection to whoever holds the keys of `tag`: in a cluster, one of its nodes.
 * @throws FraudstreamError ENGINE_UNREACHABLE, ENGINE_TLS_FAILED, ENGINE_ACCESS_DENIED, ENGINE_WRONG_NODE
 */
export async function withRedis<T>(
  address: EngineAddress,
  tag: string,
  work: (redis: Redis) => Promise<T>,
): Promise<T> {
  const failed = (cause: unknown): never => {
    throw engineDistrust(cause, address) ?? provisionError(cause);
  };
  const redis = await shardClient(address, tag, {
    connectTimeout: CONNECT_MS_MAX,
    commandTimeout: COMMAND_MS_MAX,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  }).catch(failed);
  // connect() rejects with "Connection is closed"; what really happened comes as an event.
  let reason: Error | undefined;
  redis.on('error', (error: Error) => {
    reason = error;
  });
  try {
    await redis.connect().catch((error: unknown) => failed(reason ?? error));
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
