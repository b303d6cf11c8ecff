// Promise: the doctor finds nothing wrong with a healthy stream, and names what is broken, one thing at a time.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FEATURE_NAMES } from '../../src/contracts/features.ts';
import { run, type Ended } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

describeWithKafka('doctor', () => {
  let stage: Stage;
  let redis: Redis;
  beforeAll(async () => {
    stage = new Stage('doctor');
    redis = new Redis(stage.redisaiUrl);
    await stage.createTopics();
    await run(['provision', '--references', '40'], stage.environment);
    await run(['replay', '--rows', '50'], stage.environment);
  });
  afterAll(() => redis.disconnect());

  const doctor = (words: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    run(['doctor', ...words], { ...stage.environment, LOG_LEVEL: 'silent', ...more });
  const script = (): string => `helper_script{${stage.tag}}`;

  it('finds nothing wrong with a healthy stream, and ends with 0', async () => {
    const { status, stdout, stderr } = await doctor();
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/^(warning|error)/m);
    expect(stdout).toMatch(/the newest 50 transactions can be read/);
    expect(stdout).toMatch(/a DAG with 10 references on CPU and CPU:1 gives a score/);
    expect(stdout).toMatch(/\d+ ok, 0 warnings, 0 errors\n$/);
    expect(status).toBe(0);
  });

  it('leaves nothing behind: no group, no key', async () => {
    const keys = await redis.dbsize();
    await doctor();
    const admin = stage.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    expect(groups.filter(({ groupId }) => groupId.startsWith('fraudstream-reader-'))).toEqual([]);
    expect(await redis.dbsize()).toBe(keys);
  });

  it('gives a line of JSON for each finding', async () => {
    const { status, stdout } = await doctor(['--json'], { HASH_TAG: 'nobody' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(lines).toContainEqual(
      expect.objectContaining({ check: 'models', severity: 'error', next: 'fraudstream provision' }),
    );
    expect(status).toBe(2);
  });

  it('names a topic that is missing', async () => {
    const { status, stdout } = await doctor([], { SCORES_TOPIC: 'no-such-topic' });
    expect(stdout).toMatch(/^error +topics +no-such-topic does not exist\n +next: .*--create --topic no-such-topic/m);
    expect(status).toBe(2);
  });

  it('names a topic that is too narrow', async () => {
    const narrow = `${stage.tag}.narrow`;
    const admin = stage.kafka.admin();
    await admin.connect();
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic: narrow, numPartitions: 1 }] });
    await admin.disconnect();
    const { stdout } = await doctor([], { SCORES_TOPIC: narrow });
    expect(stdout).toMatch(/^error +topics +\S+narrow has 1 partition, \S+ has 4/m);
  });

  it('names a model and a script that are missing', async () => {
    await redis.rename(script(), `${script()}.away`);
    const { stdout } = await doctor();
    await redis.rename(`${script()}.away`, script());
    expect(stdout).toMatch(/^error +keys +helper_script\{\S+\} is not there\n +next: fraudstream provision/m);
    expect(stdout).toMatch(/^error +dag +no score/m);
  });

  it('names a reference whose fields are in another order, and one that is gone', async () => {
    const set = `references{${stage.tag}}`;
    const [first, second] = await redis.zrange(set, '0', '1');
    const stored = await redis.hgetall(first!);
    const gone = await redis.hgetall(second!);
    await redis.del(first!, second!);
    await redis.hset(first!, ...[...FEATURE_NAMES].reverse().flatMap((name) => [name, stored[name]!]));
    const { status, stdout } = await doctor();
    await redis.del(first!);
    for (const [key, hash] of [
      [first!, stored],
      [second!, gone],
    ] as const)
      await redis.hset(key, ...FEATURE_NAMES.flatMap((name) => [name, hash[name]!]));
    expect(stdout).toMatch(/^error +references +1 of 40 looked at have fields in the wrong order; .*Amount, not Time/m);
    expect(stdout).toMatch(/^warning +references +1 of 40 looked at are gone/m);
    expect(status).toBe(2);
  });

  it('warns of a set of references that is empty, and ends with 1', async () => {
    const set = `references{${stage.tag}}`;
    await redis.rename(set, `${set}.away`);
    const { status, stdout } = await doctor();
    await redis.rename(`${set}.away`, set);
    expect(stdout).toMatch(/^warning +references +\S+ is empty/m);
    expect(status).toBe(1);
  });

  it('says which peer does not answer', async () => {
    const { status, stdout } = await doctor([], { KAFKA_BROKERS: '127.0.0.1:1', REDISAI_URL: 'redis://127.0.0.1:1' });
    expect(stdout).toMatch(/^error +brokers +no Kafka broker answers at 127\.0\.0\.1:1/m);
    expect(stdout).toMatch(/^error +engine +the engine does not answer: .*127\.0\.0\.1:1/m);
    expect(status).toBe(2);
  });

  it('keeps a consumer from starting where asked to', async () => {
    const wrong = { ...stage.environment, HASH_TAG: 'nobody', METRICS_PORT: 'off' };
    const { status, stderr } = await run(['consume', '--preflight'], wrong);
    expect(stderr).toMatch(
      /^error: keys: helper_script\{nobody\} is not there \(and \d+ more\)\nnext: +fraudstream provision/m,
    );
    expect(stderr).not.toMatch(/partitions assigned/);
    expect(status).toBe(78);
  });
});
