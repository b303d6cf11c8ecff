// Why there is no connection to an engine that is there: its certificate or ours, the user or the password.
import { EXIT, FraudstreamError, messageOf, wordsOf } from '../../core/errors.ts';
import { shownAddress } from '../../core/redis-address.ts';
import { isTlsFailure } from '../../core/tls-failure.ts';
import { asksForTls, engineTls, type EngineAddress } from './engine-address.ts';

/** As Redis has said it since its version 5, which knew no users; Sentinels' words stand within ioredis' own. */
const LOGIN_REFUSED = /\b(WRONGPASS|NOAUTH)\b|invalid password|wrong number of arguments for 'auth'/i;

/** Undefined where the engine is away, or says something else. */
export function connectionFault(cause: unknown, address: EngineAddress): FraudstreamError | undefined {
  if (isDistrust(cause, address)) return distrusted(cause);
  return LOGIN_REFUSED.test(wordsOf(cause)) ? loginRefused(cause, address) : undefined;
}

function isDistrust(cause: unknown, address: EngineAddress): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // An engine that misses the client's certificate may end the connection before its reason arrives.
  const isTurnedAway = engineTls(address)?.cert === undefined && /^(ECONNRESET|EPIPE)$/.test(code);
  return asksForTls(address.redisaiUrl) && (isTurnedAway || isTlsFailure(cause));
}

function distrusted(cause: unknown): FraudstreamError {
  // OpenSSL's message is a line of its source; its reason is for people.
  const { reason = messageOf(cause) } = cause as { readonly reason?: string };
  return new FraudstreamError('ENGINE_TLS_FAILED', `no safe connection to the engine: ${reason}`, {
    next: 'name its authority in REDISAI_CA_FILE and, if it asks for them, REDISAI_CERT_FILE and REDISAI_KEY_FILE; a port without TLS wants redis://',
    exitCode: EXIT.config,
    cause,
  });
}

function loginRefused(cause: unknown, { redisaiUrl }: EngineAddress): FraudstreamError {
  const words = `the engine at ${shownAddress(redisaiUrl)} does not let this user in: ${messageOf(cause)}`;
  return new FraudstreamError('ENGINE_LOGIN_REFUSED', words, {
    next: 'check user and password in REDISAI_URL (redis://user:password@host:port), or in the file that REDISAI_URL_FILE names',
    exitCode: EXIT.config,
    cause,
  });
}
