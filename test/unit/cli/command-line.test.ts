// Promise: whatever is typed, the answer is on the screen in words, with an exit code that scripts can tell apart.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const SETTINGS = join(folder, 'settings.yaml');
writeFileSync(SETTINGS, 'schema-registry-password: hunter3\n');

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

function fraudstream(words: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

describe('the command line', { timeout: 120_000 }, () => {
  it('lists every command in its help', () => {
    const { status, stdout } = fraudstream(['--help']);
    expect(status).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it('says its version', () => {
    const { status, stdout } = fraudstream(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(status).toBe(0);
  });

  it('describes a command with the variables and defaults of its options', () => {
    const { status, stdout } = fraudstream(['consume', '--help']);
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '--delivery <promise> exactly-once or at-least-once (env: DELIVERY;',
    );
    expect(stdout).toContain('KAFKA_PASSWORD, or KAFKA_PASSWORD_FILE');
  });

  it.each([
    [['repaly'], /unknown command 'repaly'\n\(Did you mean replay\?\)/],
    [['replay', '--row', '5'], /unknown option '--row'\n\(Did you mean --rows\?\)/],
    [['replay', 'a.csv', 'b.csv'], /too many arguments/],
    [['replay', '--rows'], /argument missing/],
    [['replay', '--rows', 'x'], /^error: --rows 'x' is not a whole number\nnext: /],
    [[], /Usage: fraudstream/],
  ])('answers %j with what was meant, and exit code 64', (words, message) => {
    const { status, stdout, stderr } = fraudstream(words);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(64);
  });

  it.each([
    ['an unknown command', ['hunter2'], {}],
    ['a value that is none', ['replay', '--rows', 'hunter2'], {}],
    [
      'a secret that only the file of settings holds',
      ['provision', '--references', 'hunter3', `--config=${SETTINGS}`],
      {},
    ],
    ['a secret where there is no flag for it', ['consume', '--kafka-password=hunter3'], {}],
    ['a setting that is none', ['config', 'hunter2'], {}],
    ['a card number', ['replay', '--rows', '4111111111111111'], {}],
    [
      'a token where its file should be named',
      ['config', 'kafka-oauth-token-file'],
      { KAFKA_SASL: 'oauthbearer', KAFKA_OAUTH_TOKEN_FILE: 'eyJ.hunter3' },
    ],
    [
      'a key where its file should be named',
      ['scores'],
      { KAFKA_TLS: 'true', KAFKA_CERT_FILE: MAIN, KAFKA_KEY_FILE: 'KEY\nhunter3' },
    ],
    [
      'a secret where its file should be named',
      ['scores'],
      { KAFKA_SASL: 'plain', KAFKA_USERNAME: 'u', KAFKA_PASSWORD_FILE: 'hunter3' },
    ],
  ])('shows neither secret nor card number that was given by mistake: %s', (_what, words, environment) => {
    const kafka = { KAFKA_BROKERS: '127.0.0.1:1', LOG_LEVEL: 'debug' };
    const given = { ...kafka, ENGINE_PASSWORD: 'hunter2', ...(environment as Record<string, string>) };
    const { stdout, stderr } = fraudstream(words, given);
    expect(stdout + stderr).toMatch(/\[secret\]|\[card …1111\]|=…'|cannot be read/);
    expect(stdout + stderr).not.toMatch(/hunter|4111111/);
  });

  it('tells a wrong variable from a wrong flag by the exit code', () => {
    const { status, stderr } = fraudstream(['consume'], { DELIVERY: 'exactly_once' });
    expect(stderr).toMatch(/^error: DELIVERY 'exactly_once' is not known; did you mean 'exactly-once'\?\nnext: /);
    expect(status).toBe(78);
  });

  it('tells a broken file by another one', () => {
    const { status, stderr } = fraudstream(['replay', '/no/such.csv']);
    expect(stderr).toMatch(/^error: .*\/no\/such\.csv.*\nnext: /);
    expect(status).toBe(65);
  });

  it('ends quietly when the reader of its output has seen enough', () => {
    const command = `"${process.execPath}" --import tsx "${MAIN}" synthesize --rows 200000 | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', timeout: 60_000 });
    expect(stdout.split('\n')[0]).toMatch(/^Time,V1,/);
    expect(stdout.split('\n')[1]).toBe('0');
    expect(stderr).toBe('');
  });
});
