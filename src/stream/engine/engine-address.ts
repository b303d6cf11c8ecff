// Where the engine is, and by which certificates both sides know each other: what every connection to it is opened with.
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';

/** In PEM. */
export interface EngineTls {
  /** Authorities that the engine's certificate must come from; those of the system unless told. */
  readonly ca?: string | undefined;
  /** By which the engine knows this client. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface EngineAddress {
  /** redis://, rediss:// or unix:/path of whatever answers AI.* commands. */
  readonly redisaiUrl: string;
  /** For rediss:// only. */
  readonly redisaiTls?: EngineTls | undefined;
}

/** Not yet connected. In RESP 2: in RESP 3 some replies have another shape, and there is nothing to win. */
export function engineClient(address: EngineAddress, options: Omit<RedisOptions, 'replyMapping'>): Redis {
  const tls = engineTls(address);
  // ioredis takes a path or an address.
  return new Redis(address.redisaiUrl.replace(/^unix:(\/\/)?/, ''), {
    protocol: 2,
    lazyConnect: true,
    ...options,
    ...(tls === undefined ? {} : { tls }),
  });
}

/** Undefined where the address asks for no TLS. Verification of the certificate is node's default, and stays. */
export function engineTls({ redisaiUrl, redisaiTls = {} }: EngineAddress): ConnectionOptions | undefined {
  if (!redisaiUrl.startsWith('rediss:')) return undefined;
  const host = new URL(redisaiUrl).hostname.replace(/^\[|\]$/g, '');
  // Proxies tell engines apart by this name; a number is none.
  return { ...redisaiTls, ...(isIP(host) === 0 ? { servername: host } : {}) };
}

/** Codes of node and OpenSSL: not trusted, no longer valid, of another name, no TLS at all. */
const TLS_FAILURE = /^ERR_(SSL|TLS|OSSL)_|CERT|SIGNATURE/;

/** Undefined where something else than TLS is the cause. */
export function engineDistrust(cause: unknown, address: EngineAddress): FraudstreamError | undefined {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // An engine that misses the client's certificate may end the connection before its reason arrives.
  const isTurnedAway = engineTls(address)?.cert === undefined && /^(ECONNRESET|EPIPE)$/.test(code);
  if (!address.redisaiUrl.startsWith('rediss:') || !(isTurnedAway || TLS_FAILURE.test(code))) return undefined;
  // OpenSSL's message is a line of its source; its reason is for people.
  const { reason = messageOf(cause) } = cause as { readonly reason?: string };
  return new FraudstreamError('ENGINE_TLS_FAILED', `no safe connection to the engine: ${reason}`, {
    next: 'name its authority in REDISAI_CA_FILE and, if it asks for them, REDISAI_CERT_FILE and REDISAI_KEY_FILE; a port without TLS wants redis://',
    exitCode: EXIT.config,
    cause,
  });
}
