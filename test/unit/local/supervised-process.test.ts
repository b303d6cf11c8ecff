// Promise: a started server never outlives fraudstream, and its folder goes with it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processLives } from '../../../src/local/cache-lock.ts';
import { logTail, startSupervised, type SupervisedTask } from '../../../src/local/supervised-process.ts';
import { eventually } from '../../helpers/eventually.ts';

function task(script: string): SupervisedTask {
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
  const logFile = join(folder, 'log');
  return { command: process.execPath, args: ['-e', script], logFile, folder, stopMsMax: 300 };
}

const FOREVER = 'setInterval(() => {}, 1000)';

describe('a supervised process', { timeout: 60_000 }, () => {
  it('is stopped on request, its folder removed', async () => {
    const given = task(FOREVER);
    const server = await startSupervised(given);
    expect(processLives(server.pid)).toBe(true);
    await server.stop();
    expect(processLives(server.pid)).toBe(false);
    expect(existsSync(given.folder)).toBe(false);
  });

  it('is killed when it does not heed SIGTERM', async () => {
    const server = await startSupervised(task(`process.on('SIGTERM', () => {}); console.log('deaf'); ${FOREVER}`));
    await server.stop();
    expect(processLives(server.pid)).toBe(false);
  });

  it('leaves its log to be read when it ends by itself', async () => {
    const given = task("console.error('last words'); process.exit(3)");
    const server = await startSupervised(given);
    expect(await server.ended).toBe('exit code 3');
    expect(await logTail(given.logFile)).toBe('last words');
    await server.stop();
    expect(existsSync(given.folder)).toBe(false);
  });

  it('says why when it cannot be run', async () => {
    const given = { ...task(''), command: '/no/such/command' };
    await expect(startSupervised(given)).rejects.toMatchObject({ code: 'SERVER_NOT_STARTED' });
    expect(existsSync(given.folder)).toBe(false);
  });

  it('dies with the process that started it, even by kill -9', async () => {
    const given = task(FOREVER);
    const module = new URL('../../../src/local/supervised-process.ts', import.meta.url).href;
    const parentScript = `const { startSupervised } = await import('${module}');
      const server = await startSupervised(${JSON.stringify(given)});
      console.log(server.pid);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', parentScript]);
    const pid = Number(
      await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data)))),
    );
    expect(processLives(pid)).toBe(true);
    parent.kill('SIGKILL');
    await eventually(() => !processLives(pid));
    await eventually(() => !existsSync(given.folder));
  });
});
