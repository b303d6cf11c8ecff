// The bench asks only what an engine answers without an error, and leaves nothing of itself behind.
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_LOADS } from '../../../src/bench/engine-loads.ts';
import { BENCH_DEVICES, BENCH_TAG, EngineStage } from '../../../src/bench/engine-stage.ts';
import { LoadConnection } from '../../../src/bench/load-connection.ts';
import { measureHeavy } from '../../../src/bench/measure-heavy.ts';
import { packageFile } from '../../../src/core/package-root.ts';
import { provision } from '../../../src/provision/provision.ts';
import { startEngine, type RunningEngine } from '../../../src/redisai/index.ts';
import { Latency } from '../../../src/telemetry/latency.ts';

const PASSWORD = 'p@ss';
const references = Array.from({ length: 20 }, (_, index) => ({
  time: String(index),
  index,
  fields: new Array<string>(30).fill('0.5'),
}));

let engine: RunningEngine;
let redis: Redis;
let stage: EngineStage;

beforeAll(async () => {
  engine = await startEngine({ password: PASSWORD });
  redis = new Redis(engine.url, { password: PASSWORD });
  await provision(redis, {
    tag: BENCH_TAG,
    devices: BENCH_DEVICES,
    model: { backend: 'TF', blob: readFileSync(packageFile('models', 'fraud_detection_model.pb')) },
    script: readFileSync(packageFile('models', 'helper_script.py'), 'utf8'),
    references,
  });
  stage = await EngineStage.open(redis);
});

afterAll(async () => {
  redis.disconnect();
  await engine.stop();
});

describe('the bench of an engine', () => {
  it.each(ENGINE_LOADS)('gets an answer to every request of: $name', async ({ frames, depth }) => {
    const connection = await LoadConnection.open({
      redisaiUrl: engine.url.replace('//', `//:${encodeURIComponent(PASSWORD)}@`),
    });
    const latency = new Latency();
    const isOver = (sent: number): boolean => sent >= 200;
    const { replies } = await connection.run({ frames: frames(stage), depth, isOver }, latency);
    connection.close();
    expect(replies).toBeGreaterThanOrEqual(200);
    expect(latency.count).toBe(replies);
  });

  it('sends a SET as long as the DAG', () => {
    expect(stage.setOfDagLength().frameBytes / stage.dag(10).frameBytes).toBeCloseTo(1, 2);
  });

  it('runs heavy models on one device and on two', async () => {
    const { oneDeviceMs, twoDevicesMs } = await measureHeavy(stage, 1);
    expect(oneDeviceMs).toBeGreaterThan(0);
    expect(twoDevicesMs).toBeGreaterThan(0);
  });

  it('refuses to give figures of errors', async () => {
    await redis.del(`helper_script{${BENCH_TAG}}`);
    const connection = await LoadConnection.open({
      redisaiUrl: engine.url.replace('//', `//:${encodeURIComponent(PASSWORD)}@`),
    });
    const run = connection.run({ frames: stage.dag(1), depth: 1, isOver: () => true }, new Latency());
    await expect(run).rejects.toMatchObject({ code: 'BENCH_REPLY_ERROR' });
    connection.close();
  });

  it('leaves nothing behind', async () => {
    expect(await redis.dbsize()).toBeGreaterThan(20);
    await stage.close();
    expect(await redis.keys('*')).toEqual([]);
  });
});
