// Promise: users of the engine with exactly the rights that docs/security.md lists can do their work, and no other.
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageFile } from '../../src/core/package-root.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

// A password that no message has a word of: messages are scrubbed of it.
const PASSWORD = 'users-of-this-test';
const SECURITY = readFileSync(packageFile('docs', 'security.md'), 'utf8');
const USERS = SECURITY.match(/ACL SETUSER \S+ on .*/g)!.map((line) => line.replace('>password', `>${PASSWORD}`));

describeWithKafka('a user of the engine with the listed rights', () => {
  let stage: Stage;
  let redis: Redis;
  const as = (user: string): string =>
    stage.redisaiUrl.replace('redis://', `redis://${stage.tag}-${user}:${PASSWORD}@`);
  const expectScoring = async (settings: Readonly<Record<string, string>>): Promise<void> => {
    await run(['replay', '--rows', '30'], stage.environment);
    const environment = { ...stage.environment, REDISAI_URL: as('scorer'), METRICS_PORT: 'off', ...settings };
    const consumer = new Run(['consume'], environment);
    await consumer.untilSays(/batch published/);
    const { status, stderr } = await consumer.interrupt();
    expect(stderr).not.toMatch(/NOPERM|"deadLetters":[1-9]/);
    expect(status).toBe(0);
  };

  beforeAll(async () => {
    stage = new Stage('users');
    redis = new Redis(stage.redisaiUrl);
    await stage.createTopics();
    for (const line of USERS) {
      const [name, ...rules] = line.replaceAll('{tag}', `{${stage.tag}}`).split(' ').slice(2);
      await redis.call('ACL', 'SETUSER', `${stage.tag}-${name!}`, ...rules);
    }
  });
  afterAll(async () => {
    await redis.call('ACL', 'DELUSER', ...['scorer', 'loader', 'doctor'].map((user) => `${stage.tag}-${user}`));
    redis.disconnect();
  });

  it('provisions, twice', async () => {
    for (const references of ['50', '40']) {
      const words = ['provision', '--references', references];
      const { status, stderr } = await run(words, { ...stage.environment, REDISAI_URL: as('loader') });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
  });

  it.each(['none', 'shared', 'per-transaction'])('scores, with result tensor %s', async (RESULT_TENSOR) => {
    await expectScoring({ RESULT_TENSOR });
  });

  it('keeps live history, with the rights that it takes', async () => {
    const rights = /A consumer with `LIVE_HISTORY` also needs `([^`]+)`/.exec(SECURITY)![1]!;
    await redis.call('ACL', 'SETUSER', `${stage.tag}-scorer`, ...rights.split(' '));
    await expectScoring({ LIVE_HISTORY: 'true' });
    expect(await redis.exists(`history_mark{${stage.tag}}:${stage.transactions}:0`)).toBe(1);
  });

  it('examines', async () => {
    const { status, stdout } = await run(['doctor'], { ...stage.environment, REDISAI_URL: as('doctor') });
    expect(stdout).toMatch(/, 0 warnings, 0 errors\n$/);
    expect(status).toBe(0);
  });

  it.each([['provision'], ['simulate'], ['consume']])('is told by %s that the password is wrong', async (command) => {
    const REDISAI_URL = as('loader').replace(PASSWORD, 'not-the-one');
    const { status, stderr } = await run([command], { ...stage.environment, REDISAI_URL, METRICS_PORT: 'off' });
    expect(stderr).toMatch(
      /^error: the engine at redis:\/\/\S+ does not let this user in: WRONGPASS[^]*next: +check user/m,
    );
    expect(stderr).not.toMatch(/to be stored|not-the-one/);
    expect(status).toBe(78);
  });

  it('is told by the doctor that the password is wrong', async () => {
    const REDISAI_URL = as('doctor').replace(PASSWORD, 'not-the-one');
    const { status, stdout } = await run(['doctor'], { ...stage.environment, REDISAI_URL, LOG_LEVEL: 'silent' });
    expect(stdout).toMatch(/^error +engine +the engine at redis:\/\/\S+ does not let this user in: WRONGPASS/m);
    expect(status).toBe(2);
  });

  it('may not store, where it is there to score', async () => {
    const environment = { ...stage.environment, REDISAI_URL: as('scorer') };
    const { status, stderr } = await run(['provision'], environment);
    expect(stderr).toMatch(/^error: the engine does not let this user do what has to be done \(NOPERM/);
    expect(status).toBe(78);
  });

  it('is told what it lacks, where it may not run DAGs', async () => {
    await redis.call('ACL', 'SETUSER', `${stage.tag}-scorer`, '-ai.dagexecute');
    const { status, stderr } = await run(['consume'], {
      ...{ ...stage.environment, REDISAI_URL: as('scorer'), METRICS_PORT: 'off' },
    });
    expect(stderr).toMatch(/^error: .*NOPERM[^]*next: .*what that user may do/m);
    expect(status).toBe(78);
  });
});
