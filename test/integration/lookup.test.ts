// Promise: whoever looks references up (LOOKUP), every transaction gets the same score, with the same references; and the doctor
// knows which functions of the script that takes.
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { beforeAll, expect, it } from 'vitest';
import { scriptKey } from '../../src/contracts/engine-keys.ts';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const ROWS = 300;
const REFERENCES = 200;

describeWithKafka('the lookup', () => {
  let stage: Stage;
  let byClient: ReadonlyMap<string, readonly number[]>;
  beforeAll(async () => {
    stage = new Stage('lookup');
    await stage.createTopics(2);
    await run(['provision', '--references', String(REFERENCES)], stage.environment);
    await run(['replay', '--rows', String(ROWS)], stage.environment);
    byClient = await scores('client');
  });

  const environment = (lookup: string): Record<string, string> => ({
    ...stage.environment,
    LOOKUP: lookup,
    SCORES_TOPIC: `${stage.scores}.${lookup}`,
    GROUP_ID: `${stage.tag}.${lookup}`,
    METRICS_PORT: 'off',
  });

  async function scores(lookup: string): Promise<ReadonlyMap<string, readonly number[]>> {
    const consumer = new Run(['consume'], environment(lookup));
    await consumer.untilSays(/"msg":"scoring"/);
    const records = await stage.read(`${stage.scores}.${lookup}`, ROWS);
    expect((await consumer.interrupt()).status).toBe(0);
    const made = records.map(({ value }) => decodeFraudScore(value));
    return new Map(
      made.map((one) => [
        `${one.sourcePartition}:${one.sourceOffset}`,
        [one.score, one.scoreA, one.scoreB, one.referenceCount, one.referencesMissing],
      ]),
    );
  }

  it('by the client finds references', () => {
    expect(byClient.size).toBe(ROWS);
    expect([...byClient.values()].map(([, , , references]) => references)).toContain(10);
  });

  it.each(['script', 'lua'])('by %s gives each transaction the score that the client gives it', async (lookup) => {
    expect(await scores(lookup)).toEqual(byClient);
  });

  it.each([
    ['script', 'references_to_tensor'],
    ['lua', 'references_to_tensor_by_lua'],
  ])('by %s needs a function that the doctor looks for', async (lookup, entryPoint) => {
    const settings = { ...stage.environment, LOOKUP: lookup };
    const { stdout } = await run(['doctor'], settings);
    expect(stdout).toMatch(/^ok +dag +a DAG with 10 references /m);
    expect(stdout).toMatch(/0 errors\n$/);

    const redis = new Redis(stage.redisaiUrl);
    await storeScript(redis, stage.tag, ['hashes_to_tensor', 'post_processing']);
    const poor = await run(['doctor'], settings);
    redis.disconnect();
    await run(['provision', '--references', String(REFERENCES)], stage.environment);
    expect(poor.stdout).toMatch(new RegExp(`^error +script +\\S+ has no entry point ${entryPoint}$`, 'm'));
    expect(poor.status).toBe(2);
  });
});

async function storeScript(redis: Redis, tag: string, entryPoints: readonly string[]): Promise<void> {
  const source = readFileSync(packageFile('models', 'helper_script.py'), 'utf8');
  const declared = ['ENTRY_POINTS', String(entryPoints.length), ...entryPoints];
  await redis.call('AI.SCRIPTSTORE', scriptKey(tag), 'CPU', ...declared, 'SOURCE', source);
}
