// Promise: an engine that is given more than its process can hold refuses it and lives on.
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/serving-engine.ts';

const HEAP_MEBIBYTES = 128;

describe('serve in a small process', () => {
  it('refuses what no longer fits, and takes it again once there is room', async () => {
    const { engine, url } = await serve(['--port', '0', '--memory-mebibytes-max', '4096'], {
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MEBIBYTES}`,
    });
    const redis = new Redis(url, { retryStrategy: null });
    let stored = 0;
    let refusal: Error | undefined;
    while (refusal === undefined) {
      const pipeline = redis.pipeline();
      for (let i = 0; i < 500; i++) pipeline.set(`key:${stored + i}`, 'v'.repeat(500));
      const replies = (await pipeline.exec())!;
      refusal = replies.find(([error]) => error !== null)?.[0] ?? undefined;
      stored += replies.length;
      expect(stored * 500).toBeLessThan(2 * HEAP_MEBIBYTES * 1024 * 1024);
    }
    expect(refusal.message).toMatch(/^OOM/);
    expect(await redis.get('key:0')).toHaveLength(500);
    await redis.flushall();
    await expect.poll(() => redis.set('key', 'value').catch(() => 'refused'), { timeout: 20_000 }).toBe('OK');
    redis.disconnect();
    expect((await engine.interrupt()).status).toBe(0);
  });
});
