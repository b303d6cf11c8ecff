// How a command speaks to the engine once, outside the stream: connect or say at once why not.
import type { Redis } from 'ioredis';
import type { Settings } from '../config/settings.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { engineRefusal } from '../provision/provision-error.ts';
import { connectionFault } from '../stream/engine/connection-fault.ts';
import type { EngineAddress } from '../stream/engine/engine-address.ts';
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
 * @throws FraudstreamError ENGINE_UNREACHABLE, ENGINE_TLS_FAILED, ENGINE_LOGIN_REFUSED, ENGINE_WRONG_NODE, ENGINE_TURNS_AWAY
 */
export async function withRedis<T>(
  address: EngineAddress,
  tag: string,
  work: (redis: Redis) => Promise<T>,
): Promise<T> {
  const failed = (cause: unknown): never => {
    throw connectionFault(cause, address) ?? engineRefusal(cause) ?? turnedAway(cause);
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

/** Before anything was asked of it. */
function turnedAway(cause: unknown): FraudstreamError {
  return new FraudstreamError('ENGINE_TURNS_AWAY', `what answers at REDISAI_URL ends the talk: ${messageOf(cause)}`, {
    next: 'look whether a RedisAI or `fraudstream serve` listens there',
    exitCode: EXIT.config,
    cause,
  });
}
