// Promise: a consumer that cannot do its work says why and ends; one that is told to stop loses nothing.
import { beforeAll, expect, it } from 'vitest';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

describeWithKafka('consume', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage('consume');
    await stage.createTopics();
    await run(['provision', '--references', '100'], stage.environment);
  });

  it.each([
    ['no engine answers', { REDISAI_URL: 'redis://127.0.0.1:1' }, /^error: .*127\.0\.0\.1:1/m],
    [
      'the engine was not provisioned',
      { HASH_TAG: 'nobody' },
      /^error: .*\{nobody\}[^]*next: .*fraudstream provision/m,
    ],
  ])('says that %s', async (_what, wrong, message) => {
    const { status, stderr } = await run(['consume'], { ...stage.environment, LOG_LEVEL: 'silent', ...wrong });
    expect(stderr).toMatch(message);
    expect(status).not.toBe(0);
  });

  it('scores each transaction once, over three consumers that come and go', async () => {
    await run(['replay', '--rows', '600'], stage.environment);
    const first = new Run(['consume'], stage.environment);
    await first.untilSays(/batch published/);
    const second = new Run(['consume'], stage.environment);
    await second.untilSays(/partitions assigned/);
    expect((await first.interrupt()).status).toBe(0);
    await run(['replay', '--rows', '400'], { ...stage.environment });
    expect((await second.interrupt()).status).toBe(0);
    const third = new Run(['consume'], stage.environment);
    const records = await stage.read(stage.scores, 1000);
    expect((await third.interrupt()).status).toBe(0);
    const places = records.map(({ value }) => {
      const { sourcePartition, sourceOffset } = decodeFraudScore(value);
      return `${sourcePartition}:${sourceOffset}`;
    });
    expect(places).toHaveLength(1000);
    expect(new Set(places).size).toBe(1000);
  });
});
