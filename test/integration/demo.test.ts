// Promise: `npm start` scores every transaction of the sample and shows it; whatever ends it, nothing of it is left.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run, Run } from '../helpers/command-line.ts';
import { RawClient } from '../helpers/raw-client.ts';
import { serve } from '../helpers/serving-engine.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

interface DemoLine {
  readonly transactions: number;
  readonly scored: number;
  readonly deadLettered: number;
  readonly duplicates: number;
  readonly missing: number;
  readonly seconds: number;
  readonly ratePerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
}

const lastLine = (stdout: string): DemoLine => JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as DemoLine;

const ALL_SCORED = { transactions: 500, scored: 500, deadLettered: 0, duplicates: 0, missing: 0 };

describeWithKafka('the demo', () => {
  it('scores 500 transactions and ends with one line of JSON', async () => {
    const demo = new Run(['demo', '--rows', '500', '--json']);
    const { status, stdout, stderr } = await demo.ended;
    expect(status, stderr).toBe(0);
    const line = lastLine(stdout);
    expect(line).toMatchObject(ALL_SCORED);
    expect(line.ratePerSecond).toBeGreaterThan(0);
    expect(line.latencyMs.p99).toBeGreaterThanOrEqual(line.latencyMs.p50);
    await demo.untilNothingIsLeft();
  });

  it('runs twice side by side', async () => {
    const demos = [1, 2].map(() => new Run(['demo', '--rows', '500', '--json']));
    for (const demo of demos) {
      const { status, stdout, stderr } = await demo.ended;
      expect(status, stderr).toBe(0);
      expect(lastLine(stdout)).toMatchObject(ALL_SCORED);
    }
  });

  it('prints a line with which the scores can be read, and leaves nothing after Ctrl-C', async () => {
    const demo = new Run(['demo', '--rows', '50', '--keep']);
    await demo.untilSays(/Ctrl-C ends it/);
    await demo.untilSays(/with: export KAFKA_BROKERS=127\.0\.0\.1:\d+ REDISAI_URL=redis:\/\/127\.0\.0\.1:\d+$/m);
    expect(demo.stdout).toMatch(/50 transactions: 50 scored, 0 dead-lettered/);
    const command = /^ *(.*(?:ConsoleConsumer|kafka-console-consumer).*)$/m.exec(demo.stdout)![1]!;
    const { stdout } = spawnSync('sh', ['-c', `${command} --max-messages 50`], { encoding: 'utf8', timeout: 60_000 });
    const scores = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { transactionId: string; score: number });
    expect(new Set(scores.map(({ transactionId }) => transactionId)).size).toBe(50);
    expect(scores.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
    expect((await demo.interrupt()).status).toBe(0);
    await demo.untilNothingIsLeft();
  });

  it('ends when what it keeps running cannot go on, with the reason', async () => {
    const stage = new Stage('demo');
    const { engine, url } = await serve();
    const environment = { ...stage.environment, REDISAI_URL: url };
    const demo = new Run(['demo', '--rows', '50', '--keep'], environment);
    await demo.untilSays(/Ctrl-C ends it/);
    expect(demo.stderr).not.toContain(url);
    const client = await RawClient.open(url);
    client.write('FLUSHALL\r\n');
    expect(await client.answer()).toBe('+OK\r\n');
    client.socket.destroy();
    await run(['replay', '--rows', '5'], environment);
    const { status, stderr } = await demo.ended;
    expect(stderr).toMatch(/^error: the engine does not hold .*\n(cause: .*\n)?next: .*provision/m);
    expect(status).toBe(78);
    await engine.interrupt();
  });

  it('leaves nothing when the npm that started it is told to end', async () => {
    const demo = new Run(['--', '--rows', '50', '--keep'], {}, ['npm', 'start']);
    await demo.untilSays(/Ctrl-C ends it/);
    demo.process.kill('SIGTERM');
    await demo.untilNothingIsLeft();
  });

  it.skipIf(process.platform !== 'linux')('leaves nothing when it is killed by kill -9', async () => {
    const demo = new Run(['demo', '--rows', '50', '--keep', '--containers', 'never']);
    await demo.untilSays(/Ctrl-C ends it/);
    expect(demo.leftOver().length).toBeGreaterThanOrEqual(4);
    demo.process.kill('SIGKILL');
    await demo.untilNothingIsLeft();
  });
});

describe('the demo without what it needs', () => {
  it('says what to install where there is no Java, and leaves nothing', async () => {
    const demo = new Run(['demo', '--containers', 'never'], { PATH: '/nowhere', JAVA_HOME: undefined });
    const { status, stderr } = await demo.ended;
    expect(stderr).toMatch(/^error: no Java found.*\ncause: .*\nnext: .*install/m);
    expect(status).toBe(69);
    await demo.untilNothingIsLeft();
  });

  it('says which CSV it cannot read', async () => {
    const demo = new Run(['demo', '/no/such.csv', '--containers', 'never'], { KAFKA_BROKERS: '127.0.0.1:1' });
    const { status, stderr } = await demo.ended;
    expect(stderr).toMatch(/^error: /m);
    expect(status).not.toBe(0);
    await demo.untilNothingIsLeft();
  });
});
