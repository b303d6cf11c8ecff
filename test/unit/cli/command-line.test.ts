// Promise: whatever is typed, the answer is on the screen in words, with an exit code that scripts can tell apart.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';

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
