// Promise: an engine with a folder keeps its keys over SIGTERM and SHUTDOWN, and loses at most what it says when it is killed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, type Run } from '../helpers/command-line.ts';
import { serve as serveWith } from '../helpers/serving-engine.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function serve(...words: string[]): Promise<{ engine: Run; redis: Redis }> {
  const { engine, url } = await serveWith(['--port', '0', '--dir', dir, ...words]);
  const redis = new Redis(url, { retryStrategy: null });
  redis.on('error', () => undefined);
  return { engine, redis };
}

describe('serve --dir', () => {
  it.each(['SIGTERM', 'SHUTDOWN'])('keeps everything over %s', async (ending) => {
    const first = await serve();
    await first.redis.set('key', 'value');
    if (ending === 'SIGTERM') first.engine.process.kill('SIGTERM');
    else await first.redis.call('SHUTDOWN').catch(() => undefined);
    expect((await first.engine.ended).status).toBe(0);
    const second = await serve();
    expect(await second.redis.get('key')).toBe('value');
    expect(first.engine.stderr).toMatch(/"keys":0,"msg":"keys loaded"/);
    expect(second.engine.stderr).toMatch(/"keys":1,"msg":"keys loaded"/);
    second.redis.disconnect();
    await second.engine.interrupt();
  });

  it('forgets what SHUTDOWN NOSAVE leaves behind', async () => {
    const first = await serve('--snapshot-seconds', '3600');
    await first.redis.call('SAVE');
    await first.redis.set('key', 'value');
    await first.redis.call('SHUTDOWN', 'NOSAVE').catch(() => undefined);
    expect((await first.engine.ended).status).toBe(0);
    const second = await serve();
    expect(await second.redis.get('key')).toBe(null);
    second.redis.disconnect();
    await second.engine.interrupt();
  });

  it('loses at most the last seconds when it is killed, and nothing of before', async () => {
    const seconds = 1;
    const first = await serve('--snapshot-seconds', String(seconds));
    const acknowledged: number[] = [];
    const killAt = performance.now() + 5000;
    while (performance.now() < killAt) {
      await first.redis.set(`key:${acknowledged.length}`, 'x'.repeat(100));
      acknowledged.push(performance.now());
      await sleep(1);
    }
    first.engine.process.kill('SIGKILL');
    const killedAtMs = performance.now();
    await first.engine.ended;
    const second = await serve();
    const kept = await second.redis.dbsize();
    // In order and without a gap; the second that was promised, one for looking and writing on a busy machine.
    expect(await second.redis.exists(`key:0`, `key:${kept - 1}`)).toBe(2);
    const mustBeThere = acknowledged.filter((atMs) => atMs < killedAtMs - (seconds + 1) * 1000).length;
    expect(mustBeThere).toBeGreaterThan(100);
    expect(kept).toBeGreaterThanOrEqual(mustBeThere);
    second.redis.disconnect();
    await second.engine.interrupt();
  });

  it('does not start on a damaged file, and says which and what to do', async () => {
    writeFileSync(join(dir, 'engine.snapshot'), 'fraudstream snapshot\n\x01\0\0\0\x05');
    const { status, stderr } = await run(['serve', '--port', '0', '--dir', dir]);
    expect(stderr).toMatch(/error: .*engine\.snapshot cannot be used: it is cut short.*\n(cause: .*\n)?next: /);
    expect(status).toBe(65);
  });
});
