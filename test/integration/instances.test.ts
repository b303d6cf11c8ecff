// Promise: several consumers of one host share the work exactly once, end together when one ends, and never outlive their parent.
import { beforeAll, expect, it } from 'vitest';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const WORDS = ['consume', '--instances', '3', '--metrics-port', '0'];

describeWithKafka('consume --instances', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage('instances');
    await stage.createTopics();
    await run(['provision', '--references', '50'], stage.environment);
  });

  const pidOf = (consumers: Run, instance: number): number =>
    Number(new RegExp(`"instance":${instance},"pid":(\\d+)`).exec(consumers.stderr)![1]);
  const workOf = (instance: number): RegExp => new RegExp(`"instance":${instance},.*"partitions assigned"`);
  const working = async (): Promise<Run> => {
    const consumers = new Run(WORDS, stage.environment);
    for (const instance of [1, 2, 3]) await consumers.untilSays(workOf(instance));
    return consumers;
  };

  it('kills of a consumer end all with an error, and those started next go on: each transaction is scored once', async () => {
    await run(['replay', '--rows', '300'], stage.environment);
    for (const victim of [1, 3]) {
      const consumers = await working();
      await consumers.untilSays(/batch published/);
      process.kill(pidOf(consumers, victim), 'SIGKILL');
      const { status, stderr } = await consumers.ended;
      expect(stderr).toMatch(new RegExp(`^error: consumer ${victim} of 3 ended \\(SIGKILL\\).*\nnext: `, 'm'));
      expect(status).toBe(1);
      await consumers.untilNothingIsLeft();
      await run(['replay', '--rows', '300'], stage.environment);
    }
    const last = await working();
    const records = await stage.read(stage.scores, 900);
    expect((await last.interrupt()).status).toBe(0);
    const places = records.map(({ value }) => {
      const { sourcePartition, sourceOffset } = decodeFraudScore(value);
      return `${sourcePartition}:${sourceOffset}`;
    });
    expect([places.length, new Set(places).size]).toEqual([900, 900]);
    await last.untilNothingIsLeft();
    // Twice a session has to run out before the group goes on without the one that was killed.
  }, 300_000);

  it('leaves no consumer behind when the parent is killed', async () => {
    const consumers = await working();
    consumers.process.kill('SIGKILL');
    await consumers.untilNothingIsLeft();
  });

  it('ends as the consumer ended that could not begin, with its words', async () => {
    const { status, stderr } = await run(WORDS, { ...stage.environment, REDISAI_URL: 'redis://127.0.0.1:1' });
    expect(stderr).toMatch(/^\[[123]\] error: .*127\.0\.0\.1:1/m);
    expect(stderr).toMatch(/^error: consumer [123] of 3 ended \(exit code 69\)/m);
    expect(status).toBe(69);
  });
});
