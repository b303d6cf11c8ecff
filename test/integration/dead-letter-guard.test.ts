// Promise: a consumer that makes dead letters of most of what comes in stops and says so; what it published stays, and is not repeated.
import { beforeAll, expect, it } from 'vitest';
import { run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const GARBAGE = 400;

describeWithKafka('a stream of garbage', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage('garbage');
    await stage.createTopics(1);
    await run(['provision', '--references', '10'], stage.environment);
    const producer = stage.kafka.producer();
    await producer.connect();
    const messages = Array.from({ length: GARBAGE }, (_, index) => ({ value: `garbage ${index}` }));
    await producer.send({ topic: stage.transactions, messages });
    await producer.disconnect();
  });

  it('stops the consumer, and each start goes on where the last one ended, until none is left', async () => {
    const environment = { ...stage.environment, BATCH_RECORDS_MAX: '50', LOG_LEVEL: 'silent' };
    const { status, stderr } = await run(['consume'], environment);
    expect(status).toBe(65);
    expect(stderr).toMatch(
      /^error: \d+ of the last \d+ records \(100 %\) ended as dead letters, \d+ of them not-single-object/,
    );
    expect(stderr).toMatch(/^next: .*fraudstream dlt list/m);
    const first = (await run(['dlt', 'list', '--json'], stage.environment)).stdout.trim().split('\n');
    expect(first.length).toBeGreaterThanOrEqual(100);
    expect(first.length).toBeLessThan(GARBAGE);
    while ((await run(['dlt', 'list', '--json'], stage.environment)).stdout.trim().split('\n').length < GARBAGE)
      expect((await run(['consume'], environment)).status).toBe(65);
    const letters = (await run(['dlt', 'list', '--json'], stage.environment)).stdout.trim().split('\n');
    const offsets = letters.map((line) => Number((JSON.parse(line) as { sourceOffset: string }).sourceOffset));
    expect(offsets).toEqual(Array.from({ length: GARBAGE }, (_, index) => index));
  });
});
