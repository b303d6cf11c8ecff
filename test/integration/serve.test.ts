// Promise: the engine by itself says where it listens, refuses what is in use, and goes when asked or when orphaned.
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { run } from '../helpers/command-line.ts';
import { LISTENING, serve } from '../helpers/serving-engine.ts';

describe('serve', () => {
  it('prints one line, answers, and ends with 0 on SIGTERM', async () => {
    const { engine, url } = await serve(['--port', '0']);
    const redis = new Redis(url);
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
    engine.process.kill('SIGTERM');
    const { status, stdout } = await engine.ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(LISTENING);
  });

  it('listens on a unix socket', async () => {
    const { engine, url } = await serve(['--socket', `/tmp/fraudstream-${process.pid}.sock`]);
    const redis = new Redis(url.replace(/^unix:/, ''));
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
    await engine.interrupt();
    await engine.untilNothingIsLeft();
  });

  it('ends when its standard input closes, where it was asked to', async () => {
    const { engine } = await serve(['--port', '0', '--exit-with-stdin']);
    engine.process.stdin.end();
    expect((await engine.ended).status).toBe(0);
  });

  it('says that the port is in use', async () => {
    const { engine, url } = await serve(['--port', '0']);
    const { status, stderr } = await run(['serve', '--port', new URL(url).port]);
    expect(stderr).toMatch(/error: .*in use.*\n(cause: .*\n)?next: /i);
    expect(status).toBe(69);
    await engine.interrupt();
  });

  it('does not open to other machines without a password', async () => {
    const { status, stderr } = await run(['serve', '--host', '0.0.0.0', '--port', '0']);
    expect(stderr).toMatch(/error: .*without a password/);
    expect(status).toBe(78);
  });
});
