// Promise: with several shards each has all it needs, a partition always uses the same one, and every score is what it is with one.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { shardOf, shardTags } from '../../src/contracts/shard-tags.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage, type ReadRecord } from '../helpers/stage.ts';

const SHARDS = 3;
const PARTITIONS = 4;
const ROWS = 200;

describeWithKafka('shards', () => {
  let stage: Stage;
  let redis: Redis;
  let tags: readonly string[];
  beforeAll(async () => {
    stage = new Stage('shards');
    redis = new Redis(stage.redisaiUrl);
    tags = shardTags(stage.tag, SHARDS);
    await stage.createTopics(PARTITIONS);
  });
  afterAll(() => redis.disconnect());
  const environment = (more: Record<string, string> = {}): Record<string, string> => ({
    ...stage.environment,
    SHARDS: String(SHARDS),
    METRICS_PORT: 'off',
    ...more,
  });

  it('are all provisioned, and again', async () => {
    for (const removed of [0, 0]) {
      const { status, stdout } = await run(['provision', '--references', '100', '--json'], environment());
      const { shards } = JSON.parse(stdout) as {
        shards: { tag: string; references: number; referencesRemoved: number }[];
      };
      expect(shards.map(({ tag }) => tag)).toEqual(tags);
      expect(shards.every((one) => one.references === 100 && one.referencesRemoved === removed)).toBe(true);
      expect(status).toBe(0);
    }
  });

  it('are told by the doctor, each with its slot and what is absent there', async () => {
    await redis.del(`fraud_detection_model{${tags[1]!}}_CPU`);
    const { status, stdout } = await run(['doctor'], environment());
    for (const tag of tags)
      expect(stdout).toMatch(new RegExp(`^ok +shard +\\{${tag}\\}: slot \\d+, on 127.0.0.1:\\d+$`, 'm'));
    expect(stdout.match(/^error +keys .*/gm)).toEqual([
      expect.stringContaining(`fraud_detection_model{${tags[1]!}}_CPU is not`),
    ]);
    expect(stdout.match(/^ok +memory /gm)).toHaveLength(1);
    expect(status).toBe(2);
    await run(['provision', '--references', '100'], environment());
    expect((await run(['doctor'], environment())).stdout).not.toMatch(/^error/m);
  });

  it('are each used by their own partitions, and score as one does', async () => {
    await run(['replay', '--rows', String(ROWS)], environment());
    const sharded = await scored(environment(), stage.scores);
    for (const { value, partition } of sharded)
      expect(decodeFraudScore(value).modelKeyA).toContain(`{${tags[shardOf(partition, SHARDS)]!}}`);
    await run(['provision', '--references', '100'], stage.environment);
    const one = {
      ...stage.environment,
      METRICS_PORT: 'off',
      SCORES_TOPIC: `${stage.scores}.one`,
      GROUP_ID: `${stage.tag}.one`,
    };
    expect(byId(await scored(one, one.SCORES_TOPIC))).toEqual(byId(sharded));
  });

  it('that lose a model are mended alone, where the consumer may', async () => {
    const consumer = new Run(['consume', '--provision-missing'], environment({ GROUP_ID: `${stage.tag}.mended` }));
    await consumer.untilSays(/"msg":"scoring"/);
    await redis.del(`fraud_detection_model{${tags[2]!}}_CPU`);
    await run(['replay', '--rows', String(ROWS)], environment());
    await consumer.untilSays(/stored again, and scoring goes on/);
    const line = consumer.stderr.split('\n').find((text) => text.includes('stored again, and scoring goes on'))!;
    expect(JSON.parse(line)).toMatchObject({ shard: tags[2], stored: [`fraud_detection_model{${tags[2]!}}_CPU`] });
    await consumer.interrupt();
  });

  async function scored(settings: Record<string, string>, topic: string): Promise<ReadRecord[]> {
    const consumer = new Run(['consume'], settings);
    await consumer.untilSays(/"msg":"scoring"/);
    const records = await stage.read(topic, ROWS);
    await consumer.interrupt();
    return records;
  }

  const byId = (records: readonly ReadRecord[]): Map<string, readonly number[]> =>
    new Map(
      records
        .map(({ value }) => decodeFraudScore(value))
        .map((one) => [one.transactionId, [one.score, one.scoreA, one.scoreB, one.referenceCount]]),
    );
});
