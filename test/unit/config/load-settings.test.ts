// Promise: flags over environment over defaults; whatever is wrong is named where it was written, and no secret is shown.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultCacheFolder, loadSettings, type Environment, type Flags } from '../../../src/config/load-settings.ts';
import type { CommandName } from '../../../src/config/setting.ts';
import { FraudstreamError } from '../../../src/core/errors.ts';

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
    expect([...given].sort()).toEqual(['groupId', 'kafkaBrokers']);
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
    ['socket and port', 'serve', { socket: '/s', port: '1' }, {}],
    ['a user without password', 'consume', {}, { KAFKA_SASL: 'plain', KAFKA_USERNAME: 'u' }],
    ['a mechanism without user', 'consume', {}, { KAFKA_SASL: 'plain' }],
    ['a password without mechanism', 'consume', {}, { KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }],
    ['one topic for two things', 'consume', {}, { SCORES_TOPIC: 'transactions' }],
    ['one device twice', 'consume', {}, { DEVICES: 'CPU,CPU' }],
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

  it('are not shown when they are wrong', () => {
    const { message, next } = refused({}, { REDISAI_URL: 'http://user:hunter2@host' });
    expect(message + (next ?? '')).not.toContain('hunter2');
  });
});

describe('the cache folder', () => {
  it('follows the XDG rules', () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/fraudstream');
    expect(defaultCacheFolder({})).toMatch(/\.cache\/fraudstream$/);
  });
});
