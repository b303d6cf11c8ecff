// Promise: flags over environment over defaults; whatever is wrong is named where it was written, and no secret is shown.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultCacheFolder, loadSettings, type Environment, type Flags } from '../../../src/config/load-settings.ts';
import type { CommandName } from '../../../src/config/setting.ts';
import { FraudstreamError, messageOf } from '../../../src/core/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function refused(flags: Flags, environment: Environment = {}, command: CommandName = 'consume'): FraudstreamError {
  try {
    loadSettings(command, flags, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(FraudstreamError);
    return error as FraudstreamError;
  }
  throw new Error('nothing was refused');
}

describe('settings', () => {
  it('prefer a flag to the environment, and the environment to the default', () => {
    const environment = { GROUP_ID: 'from-environment', KAFKA_BROKERS: 'a:1, b:2' };
    const settings = loadSettings('consume', { groupId: 'from-flag' }, environment);
    expect(settings).toMatchObject({ groupId: 'from-flag', kafkaBrokers: ['a:1', 'b:2'], delivery: 'exactly-once' });
  });

  it('know what a person gave from what is default', () => {
    const { given } = loadSettings('consume', { groupId: 'g' }, { KAFKA_BROKERS: 'a:1', REDISAI_URL: '' });
    expect(Object.fromEntries(given)).toEqual({ groupId: '--group-id', kafkaBrokers: 'KAFKA_BROKERS' });
  });

  it('are frozen and typed', () => {
    const settings = loadSettings('consume', {}, { THRESHOLD: '0.25' });
    expect(settings.threshold).toBe(0.25);
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('take a moment as a date, or as how long ago it was', () => {
    const settings = loadSettings('dlt', { since: '2026-03-01T12:00:00Z', until: '2h' });
    expect(settings.since).toBe(Date.UTC(2026, 2, 1, 12));
    expect((Date.now() - settings.until!) / 3_600_000).toBeCloseTo(2, 2);
    expect(refused({ since: 'yesterday' }, {}, 'dlt').message).toContain("--since 'yesterday' is no moment");
  });

  it('take numbers as a list, each within bounds', () => {
    expect(loadSettings('bench', { benchConsumers: '1, 3' }, {}).benchConsumers).toEqual([1, 3]);
    const said = (benchEngines: string): string => refused({ benchEngines }, {}, 'bench').message;
    expect(said('1,x')).toBe("--engines '1,x' has 'x', which is not a whole number");
    expect(said('1,13')).toBe("--engines '1,13' has '13', which must be 12 or less");
    expect(said('0')).toBe("--engines '0' must be 1 or more");
  });

  it('of other commands are not read', () => {
    expect(loadSettings('serve', {}, { DELIVERY: 'nonsense' }).delivery).toBe('exactly-once');
  });

  it.each<[string, Flags, Environment, RegExp, RegExp]>([
    ['an unknown word', {}, { DELIVERY: 'exactly_once' }, /^DELIVERY 'exactly_once' .*mean 'exactly-once'/, /default/],
    ['a word far from any', {}, { FORMAT: 'protobuf' }, /one of: json, avro/, /default: json/],
    ['a number that is none', { rows: 'many' }, {}, /^--rows 'many' is not a whole number/, /rows/],
    ['a number out of range', {}, { THRESHOLD: '1.5' }, /^THRESHOLD '1.5' must be 1 or less/, /fraud/],
    ['hexadecimal', { batchRecordsMax: '0x10' }, {}, /not a whole number/, /Kafka transaction/],
    ['a broker without port', {}, { KAFKA_BROKERS: 'kafka' }, /not a list of host:port/, /9092/],
    ['a topic with a blank', {}, { SCORES_TOPIC: 'fraud scores' }, /not a topic name/, /scores/],
    ['a device that is none', {}, { DEVICES: 'CPU,TPU' }, /not a list of devices/, /CPU,CPU:1/],
    ['one device', {}, { DEVICES: 'CPU' }, /must name two/, /CPU/],
    ['a tag with braces', {}, { HASH_TAG: '{tag}' }, /not a hash tag/, /tag/],
    ['a switch that is none', {}, { KAFKA_TLS: 'yes' }, /must be 'true' or 'false'/, /TLS/],
    ['an engine on http', {}, { REDISAI_URL: 'http://x' }, /not an address/, /redis:/],
  ])('refuse %s, naming where it was written and what is expected', (_what, flags, environment, message, next) => {
    const command = flags.rows === undefined ? 'consume' : 'replay';
    const error = refused(flags, environment, command);
    expect(error.message).toMatch(message);
    expect(error.next).toMatch(next);
    expect(error.exitCode).toBe(Object.keys(flags).length > 0 ? 64 : 78);
  });

  it.each<[string, CommandName, Flags, Environment]>([
    ['two paces', 'replay', { rate: '5', speed: '2' }, {}],
    ['engines here and elsewhere', 'bench', { benchEngines: '1,2' }, { REDISAI_URL: 'redis://10.0.0.1:6379' }],
    ['socket and port', 'serve', { socket: '/s', port: '1' }, {}],
    ['a user without password', 'consume', {}, { KAFKA_SASL: 'plain', KAFKA_USERNAME: 'u' }],
    ['a mechanism without user', 'consume', {}, { KAFKA_SASL: 'plain' }],
    ['a password without mechanism', 'consume', {}, { KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }],
    ['one topic for two things', 'consume', {}, { SCORES_TOPIC: 'transactions' }],
    ['a live history that the script looks up', 'consume', {}, { LIVE_HISTORY: 'true', LOOKUP: 'lua' }],
    ['two models for one device', 'provision', {}, { DEVICES: 'CPU,CPU', MODEL_B: 'other.pb' }],
  ])('refuse what contradicts itself: %s', (_what, command, flags, environment) => {
    expect(refused(flags, environment, command).code).toBe('SETTINGS_CONTRADICT');
  });
});

describe('secrets', () => {
  it('are read from the file that *_FILE names, without its last line break', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'hunter2\n');
    const environment = { KAFKA_SASL: 'plain', KAFKA_USERNAME: 'u', KAFKA_PASSWORD_FILE: file };
    expect(loadSettings('consume', {}, environment).kafkaPassword).toBe('hunter2');
  });

  it('say so when their file cannot be read', () => {
    expect(refused({}, { REDISAI_URL_FILE: join(folder, 'absent') }).message).toMatch(/^REDISAI_URL_FILE names a file/);
  });

  it.each([
    { REDISAI_URL: 'http://user:hunter2@host' },
    { REDISAI_URL: 'redis://user:hunter2/1@host' },
    { KAFKA_PASSWORD_FILE: 'hunter2' },
    { KAFKA_BROKERS: 'user:hunter2@host:9092' },
    { SCHEMA_REGISTRY_URL: 'https://user:hunter2@host' },
    { KAFKA_OAUTH_TOKEN_URL: 'https://user:hunter2@host/token' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:hunter2@host' },
  ])('are not shown when they are wrong: %o', (environment) => {
    const { message, next, cause } = refused({}, environment);
    expect(message).toContain(Object.keys(environment)[0]);
    expect(message + (next ?? '') + messageOf(cause)).not.toContain('hunter2');
  });
});

describe('a secret in the file of settings', () => {
  it.each(['*hunter2', '!hunter2', '"hunter2', '&a *hunter2', 'hunter2: b', '%hunter2: [', '@hunter2'])(
    'is not shown where YAML reads %s in its own way',
    (password) => {
      const config = join(folder, 'secret.yaml');
      writeFileSync(config, `group-id: a\nkafka-password: ${password}\n`);
      const { message, next, cause } = refused({ config });
      expect(message).toContain(config);
      expect(message + (next ?? '') + messageOf(cause)).not.toContain('hunter2');
    },
  );
});

describe('the cache folder', () => {
  it('follows the XDG rules', () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/fraudstream');
    expect(defaultCacheFolder({})).toMatch(/\.cache\/fraudstream$/);
  });
});

describe('the file of settings', () => {
  const file = (text: string): string => {
    const path = join(folder, `${Math.random()}.yaml`);
    writeFileSync(path, text);
    return path;
  };

  it('goes before defaults, after the environment and flags', () => {
    const config = file('group-id: from-file\nthreshold: 0.25\nformat: avro\nkafka-brokers: [a:1, b:2]\n');
    const settings = loadSettings('consume', { config, format: 'json' }, { THRESHOLD: '0.5' });
    expect(settings).toMatchObject({
      groupId: 'from-file',
      threshold: 0.5,
      format: 'json',
      kafkaBrokers: ['a:1', 'b:2'],
    });
    expect(settings.given.get('groupId')).toBe(`${config}: group-id`);
  });

  it('may be named by a variable, and serves other commands too', () => {
    const FRAUDSTREAM_CONFIG = file('# ours\nport: 7000\ngroup-id:\n');
    expect(loadSettings('serve', {}, { FRAUDSTREAM_CONFIG }).port).toBe(7000);
    expect(loadSettings('consume', {}, { FRAUDSTREAM_CONFIG }).groupId).toBe('fraudstream');
  });

  it.each([
    ['an unknown key', 'grup-id: x', /has the unknown key grup-id/, /did you mean group-id\?/],
    ['a wrong value', 'threshold: high', /: threshold 'high' is not a number/, /fraud/],
    ['nested keys', 'kafka:\n  brokers: a:1', /has the unknown key kafka|neither one value/, /./],
    ['a list', '- a', /is no list of `key: value`/, /group-id/],
    ['broken YAML', 'a: [', /cannot be read/, /--config/],
    ['a key that stands twice', 'threshold: 0.1\nthreshold: 0.2', /cannot be read/, /--config/],
  ])('is refused for %s', (_what, text, message, next) => {
    const error = refused({ config: file(text) });
    expect(error.message).toMatch(message);
    expect(error.next).toMatch(next);
    expect(error.exitCode).toBe(78);
  });

  it('is refused where it is not there', () => {
    expect(refused({ config: '/no/such.yaml' }).message).toMatch(/^\/no\/such\.yaml cannot be read: ENOENT/);
  });
});

describe('a variable one slip away from one of ours', () => {
  it.each([
    ['KAFKA_BORKERS', 'KAFKA_BROKERS'],
    ['REDISAIURL', 'REDISAI_URL'],
    ['KAFKA_PASSWORD_FLE', 'KAFKA_PASSWORD_FILE'],
    ['FRAUDSTREAM_CONFG', 'FRAUDSTREAM_CONFIG'],
  ])('is refused: %s', (name, meant) => {
    const error = refused({}, { [name]: 'x' });
    expect(error.message).toContain(name);
    expect(error.next).toContain(`did you mean ${meant}?`);
  });

  it.each([
    'REDIS_URL',
    'KAFKA_PORT',
    'KAFKA_HEAP_OPTS',
    'JAVA_HOME_17',
    'MODEL_A',
    'LOG_FORMAT',
    'FRAUDSTREAM_TEST_MARK',
  ])('is none: %s', (name) => {
    expect(() => loadSettings('consume', {}, { [name]: 'x' })).not.toThrow();
  });

  it('is left alone where the right one is set beside it', () => {
    expect(() => loadSettings('consume', {}, { KAFKA_BROKER: 'x', KAFKA_BROKERS: '' })).not.toThrow();
  });
});
