// Promise: an evaluation reads what was committed to the scores topic, all of it and nothing else, and then ends.
import { Partitioners } from 'kafkajs';
import { beforeAll, expect, it } from 'vitest';
import { run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const score = (value: number, label: number | null, sourceOffset: number): string =>
  JSON.stringify({
    score: value,
    label,
    sourceTopic: 'transactions',
    sourcePartition: 0,
    sourceOffset,
    modelDigest: 'a',
  });

describeWithKafka('evaluate', () => {
  const stage = new Stage('evaluate');
  beforeAll(async () => {
    await stage.createTopics(3);
    const producer = stage.kafka.producer({
      transactionalId: stage.tag,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const publish = async (values: readonly string[], end: 'commit' | 'abort'): Promise<void> => {
      const transaction = await producer.transaction();
      const messages = values.map((value) => ({ value, partition: 0 }));
      await transaction.send({ topic: stage.scores, messages });
      await transaction[end]();
    };
    await publish([score(0.9, 1, 0), score(0.8, 0, 1), score(0.7, 1, 2)], 'commit');
    await publish([score(0.1, 1, 3), score(0.1, 1, 4)], 'abort');
    await publish([score(0.2, 0, 3), score(0.1, null, 4), 'no score', score(0.7, 1, 2)], 'commit');
    await producer.disconnect();
  });

  it('takes committed scores once each, and counts what is none', async () => {
    const { status, stdout, stderr } = await run(['evaluate', '--json'], stage.environment);
    expect(status, stderr).toBe(0);
    const report = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as object;
    expect(report).toMatchObject({ scores: 5, labelled: 4, duplicates: 1, unreadable: 1 });
    expect(report).toMatchObject({ quality: { frauds: 2, auc: { value: 0.75 } } });
  });

  it('ends at once on a topic that holds nothing', async () => {
    const environment = { ...stage.environment, SCORES_TOPIC: stage.deadLetters };
    const { status, stdout } = await run(['evaluate'], environment);
    expect(status).toBe(0);
    expect(stdout).toContain('No score carries a label');
  });
});
