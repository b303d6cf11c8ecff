// Promise: an engine that is emptied in the middle of the stream scores nothing. The consumer ends and says what is missing;
// told to store it again, it does, and every transaction is scored once, by the same model.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { run, Run } from '../helpers/command-line.ts';
import { serve } from '../helpers/serving-engine.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const HALF = 2_000;

describeWithKafka('an engine emptied in the middle of the stream', () => {
  /** An engine of its own: others use the shared one. */
  let engine: Run;
  let url: string;
  let redis: Redis;
  let stage: Stage;
  let environment: Record<string, string>;

  beforeAll(async () => {
    ({ engine, url } = await serve());
    redis = new Redis(url);
  });
  afterAll(async () => {
    redis.disconnect();
    await engine.interrupt();
  });
  beforeEach(async () => {
    stage = new Stage('emptied');
    await stage.createTopics();
    environment = { ...stage.environment, REDISAI_URL: url, METRICS_PORT: 'off', BATCH_RECORDS_MAX: '100' };
    await run(['provision', '--references', '100'], environment);
    await run(['replay', '--rows', String(HALF)], environment);
  });

  it('ends the consumer, which says what is missing and what to do; what it published was scored before', async () => {
    const consumer = new Run(['consume'], environment);
    await consumer.untilSays(/batch published/);
    await redis.flushall();
    await run(['replay', '--rows', String(HALF)], environment);
    const { status, stderr } = await consumer.ended;
    expect(status).toBe(78);
    expect(stderr).toMatch(/^error: the engine does not hold (fraud_detection_model|helper_script)\{emptied/m);
    expect(stderr).toMatch(/^next: .*fraudstream provision.*--provision-missing \(PROVISION_MISSING=true\)/m);
    expect(await redis.dbsize()).toBe(0);
    // The rest is scored by who comes next, after provision: nothing is lost, and nothing was published twice.
    await run(['provision', '--references', '100'], environment);
    const next = new Run(['consume'], environment);
    await expectEachScoredOnce(2 * HALF);
    expect((await next.interrupt()).status).toBe(0);
  });

  it('gets models and script back from a consumer that is told so, and each transaction is scored once', async () => {
    const consumer = new Run(['consume', '--provision-missing'], environment);
    await consumer.untilSays(/batch published/);
    await redis.flushall();
    await run(['replay', '--rows', String(HALF)], environment);
    const digests = await expectEachScoredOnce(2 * HALF);
    expect(digests.size).toBe(1);
    const { status, stderr } = await consumer.interrupt();
    expect(status).toBe(0);
    expect(stderr.match(/it is stored again/g)).toHaveLength(1);
    expect(stderr).toMatch(/"stored":\["helper_script\{emptied[^\]]*fraud_detection_model/);
    // The references are for whoever has them.
    expect(await redis.dbsize()).toBe(3);
  });

  it('gets them at the start, too', async () => {
    await redis.flushall();
    const consumer = new Run(['consume', '--provision-missing'], environment);
    await expectEachScoredOnce(HALF);
    expect((await consumer.interrupt()).status).toBe(0);
  });

  async function expectEachScoredOnce(count: number): Promise<ReadonlySet<string>> {
    const scores = (await stage.read(stage.scores, count)).map(({ value }) => decodeFraudScore(value));
    const places = scores.map(({ sourcePartition, sourceOffset }) => `${sourcePartition}:${sourceOffset}`);
    expect(places).toHaveLength(count);
    expect(new Set(places).size).toBe(count);
    return new Set(scores.map(({ modelDigest }) => modelDigest));
  }
});
