// Promise: a login that Kafka refuses is not told as a broker that is away, however kafkajs wraps it.
import { expect, it } from 'vitest';
import { FraudstreamError } from '../../../src/core/errors.ts';
import { kafkaUnreachable } from '../../../src/core/kafka-unreachable.ts';

const BROKERS = ['127.0.0.1:1', '127.0.0.1:2'];
const refused = Object.assign(new Error('SASL SCRAM SHA512 authentication failed'), {
  name: 'KafkaJSSASLAuthenticationError',
});

it.each([
  ['as it comes', refused],
  ['wrapped', Object.assign(new Error('retries exceeded'), { cause: refused })],
])('says that a login is refused, %s', (_how, cause) => {
  const error = kafkaUnreachable(BROKERS, cause);
  expect(error).toMatchObject({ code: 'KAFKA_LOGIN_REFUSED', exitCode: 78, retriable: false });
  expect(error.next).toMatch(/KAFKA_USERNAME with KAFKA_PASSWORD/);
});

it('says that certificates do not fit', () => {
  const code = 'SELF_SIGNED_CERT_IN_CHAIN';
  const cause = Object.assign(new Error('Connection error: self-signed certificate'), { code });
  const error = kafkaUnreachable(BROKERS, new Error(cause.message, { cause }));
  expect(error).toMatchObject({ code: 'KAFKA_TLS_FAILED', exitCode: 78, retriable: false });
  expect(error.next).toMatch(/KAFKA_CA_FILE/);
});

it('says that nobody answers, and where', () => {
  const error = kafkaUnreachable(BROKERS, new Error('connect ECONNREFUSED'));
  expect(error).toMatchObject({ code: 'KAFKA_UNREACHABLE', exitCode: 69, retriable: true });
  expect(error.message).toBe('no Kafka broker answers at 127.0.0.1:1, 127.0.0.1:2: connect ECONNREFUSED');
});

it('passes on what failed on our side', () => {
  const own = new FraudstreamError('OAUTH_REFUSED', 'no token');
  expect(kafkaUnreachable(BROKERS, Object.assign(new Error('x'), { cause: own }))).toBe(own);
});
