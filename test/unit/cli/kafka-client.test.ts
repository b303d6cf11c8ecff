// Promise: what is set about TLS and users reaches Kafka's client, and certificates are verified whatever is set.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { kafkaConfig } from '../../../src/cli/kafka-client.ts';
import { loadSettings } from '../../../src/config/load-settings.ts';
import { createLog } from '../../../src/telemetry/logger.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configOf = (environment: Readonly<Record<string, string>>) =>
  kafkaConfig(loadSettings('consume', {}, environment), createLog({ level: 'silent' }));
const pem = (name: string): string => {
  writeFileSync(join(folder, name), name);
  return join(folder, name);
};

describe('the client of Kafka', () => {
  it('speaks plainly and as nobody unless told', () => {
    expect(configOf({})).toMatchObject({ ssl: false });
    expect(configOf({})).not.toHaveProperty('sasl');
  });

  it('takes authority, certificate and key from files, and verifies', () => {
    const files = { KAFKA_CA_FILE: pem('ca'), KAFKA_CERT_FILE: pem('cert'), KAFKA_KEY_FILE: pem('key') };
    expect(configOf({ KAFKA_TLS: 'true', ...files }).ssl).toEqual({ ca: 'ca', cert: 'cert', key: 'key' });
    expect(configOf({ KAFKA_TLS: 'true' }).ssl).toEqual({});
  });

  it('takes a user for SASL', () => {
    const user = { KAFKA_SASL: 'scram-sha-512', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' };
    expect(configOf(user).sasl).toEqual({ mechanism: 'scram-sha-512', username: 'u', password: 'p' });
  });

  it.each([
    [{ KAFKA_CA_FILE: '/ca' }, /no TLS/],
    [{ KAFKA_TLS: 'true', KAFKA_CERT_FILE: '/cert' }, /only one is set/],
    [{ KAFKA_TLS: 'true', KAFKA_CA_FILE: '/no/such' }, /cannot read \/no\/such/],
  ])('refuses %j', (environment, message) => {
    expect(() => configOf(environment)).toThrow(message);
  });
});
