// Why there is no connection to Kafka, told to whoever starts something: nobody is there, or login or certificates are refused.
import { EXIT, FraudstreamError, fraudstreamErrorIn, messageOf } from './errors.ts';
import { isTlsFailure } from './tls-failure.ts';

/** `brokers` as kafkajs takes them, `cause` as it throws it. */
export function kafkaUnreachable(brokers: unknown, cause: unknown): FraudstreamError {
  const own = fraudstreamErrorIn(cause);
  if (own !== undefined) return own;
  if (isLoginRefused(cause)) return loginRefused(cause);
  if (isTlsFailure(cause)) return distrusted(cause);
  const place = Array.isArray(brokers) ? brokers.join(', ') : 'the given brokers';
  return new FraudstreamError('KAFKA_UNREACHABLE', `no Kafka broker answers at ${place}: ${messageOf(cause)}`, {
    next: 'start one (fraudstream demo --keep brings one up), or name yours in KAFKA_BROKERS',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}

function isLoginRefused(error: unknown): boolean {
  const { name, cause } = error as Error;
  return name === 'KafkaJSSASLAuthenticationError' || (cause instanceof Error && isLoginRefused(cause));
}

function distrusted(cause: unknown): FraudstreamError {
  return new FraudstreamError('KAFKA_TLS_FAILED', `no safe connection to Kafka: ${messageOf(cause)}`, {
    next: 'name its authority in KAFKA_CA_FILE and, if it asks for them, KAFKA_CERT_FILE and KAFKA_KEY_FILE; a port without TLS wants KAFKA_TLS=false',
    exitCode: EXIT.config,
    cause,
  });
}

function loginRefused(cause: unknown): FraudstreamError {
  return new FraudstreamError('KAFKA_LOGIN_REFUSED', `Kafka does not let this user in: ${messageOf(cause)}`, {
    next: 'check KAFKA_SASL, and KAFKA_USERNAME with KAFKA_PASSWORD or what KAFKA_OAUTH_* names',
    exitCode: EXIT.config,
    cause,
  });
}
