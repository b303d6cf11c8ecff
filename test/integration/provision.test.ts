// Promise: provisioning stores what the stream needs, exactly, and again the same when it is run again.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, type Run } from '../helpers/command-line.ts';
import { serve } from '../helpers/serving-engine.ts';

let engine: Run;
let url: string;
let redis: Redis;

beforeAll(async () => {
  ({ engine, url } = await serve());
  redis = new Redis(url);
});

afterAll(async () => {
  redis.disconnect();
  await engine.interrupt();
});

describe('provision', () => {
  it('leaves 1004 keys in an empty engine: references, their index, script and two models', async () => {
    const { status, stderr } = await run(['provision'], { REDISAI_URL: url });
    expect(status, stderr).toBe(0);
    expect(await redis.dbsize()).toBe(1004);
    expect(await redis.zcard('references{tag}')).toBe(1000);
    const types = ['helper_script{tag}', 'fraud_detection_model{tag}_CPU', 'fraud_detection_model{tag}_CPU:1'];
    expect(await Promise.all(types.map((key) => redis.type(key)))).toEqual(['AI_SCRIPT', 'AI__MODEL', 'AI__MODEL']);
  });

  it('leaves the same when it is run again, with fewer references too', async () => {
    await run(['provision'], { REDISAI_URL: url });
    expect(await redis.dbsize()).toBe(1004);
    await run(['provision', '--references', '10'], { REDISAI_URL: url });
    expect(await redis.dbsize()).toBe(14);
  });

  it('says that nothing answers, and how to start something', async () => {
    const { status, stderr } = await run(['provision'], { REDISAI_URL: 'redis://127.0.0.1:1' });
    expect(stderr).toMatch(/^error: .*ECONNREFUSED 127\.0\.0\.1:1\nnext: .*fraudstream serve/);
    expect(status).toBe(69);
  });

  it('says that a model cannot be read', async () => {
    const { status, stderr } = await run(['provision', '--model', '/no/such.pb'], { REDISAI_URL: url });
    expect(stderr).toMatch(/^error: cannot read \/no\/such\.pb/);
    expect(status).toBe(64);
  });
});
