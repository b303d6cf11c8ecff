// Where the engine is, and by which certificates both sides know each other: what every connection to it is opened with.
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import { redisAddress, type RedisAddress, type RedisLogin } from '../../core/redis-address.ts';

/** In PEM. */
export interface EngineTls {
  /** Authorities that the engine's certificate must come from; those of the system unless told. */
  readonly ca?: string | undefined;
  /** By which the engine knows this client. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface EngineAddress {
  /** Whatever answers AI.* commands: a server, a cluster or Sentinels, as core/redis-address.ts takes it apart. */
  readonly redisaiUrl: string;
  /** For rediss only. */
  readonly redisaiTls?: EngineTls | undefined;
}

/** What every client of an engine may be told. */
export type ClientOptions = Omit<RedisOptions, 'replyMapping'>;

/**
 * Of one server, or of the master that Sentinels name. Not yet connected. In RESP 2: in RESP 3 some replies have another shape,
 * and there is nothing to win.
 */
export function engineClient(address: EngineAddress, options: ClientOptions): Redis {
  const place = redisAddress(address.redisaiUrl);
  const tls = engineTls(address);
  const common = { protocol: 2, lazyConnect: true, ...options, ...(tls === undefined ? {} : { tls }) } as const;
  if (place.kind === 'cluster') throw new RangeError('a cluster is no server');
  return place.kind === 'server' ? new Redis(place.place, common) : sentinelClient(place, common);
}

function sentinelClient(place: Extract<RedisAddress, { kind: 'sentinel' }>, options: ClientOptions): Redis {
  const { nodes, master, db } = place;
  return new Redis({
    ...options,
    ...{ sentinels: nodes.map((node) => ({ ...node })), name: master, db, ...loginOf(place) },
    ...(options.tls ? { sentinelTLS: options.tls, enableTLSForSentinelMode: true } : {}),
    sentinelRetryStrategy: options.retryStrategy ?? (() => null),
  });
}

/** ioredis takes undefined for a value. */
export const loginOf = ({ username, password }: RedisLogin): { username?: string; password?: string } => ({
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
});

/** Undefined where the address asks for no TLS. Verification of the certificate is node's default, and stays. */
export function engineTls({ redisaiUrl, redisaiTls = {} }: EngineAddress): ConnectionOptions | undefined {
  if (!asksForTls(redisaiUrl)) return undefined;
  // Of several nodes each is known by its own name.
  if (redisAddress(redisaiUrl).kind !== 'server') return redisaiTls;
  const host = new URL(redisaiUrl).hostname.replace(/^\[|\]$/g, '');
  // Proxies tell engines apart by this name; a number is none.
  return { ...redisaiTls, ...(isIP(host) === 0 ? { servername: host } : {}) };
}

export const asksForTls = (url: string): boolean => /^rediss[:+]/.test(url);
