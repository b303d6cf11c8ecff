// Promise: where Kafka keeps the outcomes of a Kafka transaction and forgets its offset, nothing is scored twice; where a person
// sets the offset back, everything behind it is.
import { randomUUID } from 'node:crypto';
import { Partitioners, type Admin } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { run, Run } from '../helpers/command-line.ts';
import { eventually } from '../helpers/eventually.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

interface GroupOffset {
  readonly partition: number;
  readonly offset: string;
  readonly metadata: string | null;
}

describeWithKafka('an offset that lies before what was published', () => {
  let stage: Stage;
  let admin: Admin;
  let environment: Record<string, string>;
  beforeAll(async () => {
    stage = new Stage('forgotten');
    environment = { ...stage.environment, METRICS_PORT: 'off' };
    await stage.createTopics(2);
    admin = stage.kafka.admin();
    await admin.connect();
    await run(['provision', '--references', '20'], environment);
  });
  afterAll(() => admin.disconnect());

  /** Asked again while the coordinator loads, as it does when a group is new. */
  const groupOffsets = async (): Promise<readonly GroupOffset[]> => {
    let offsets: readonly GroupOffset[] = [];
    await eventually(async () => {
      const topics = await admin.fetchOffsets({ groupId: stage.tag, topics: [stage.transactions] }).catch(() => []);
      offsets = topics[0]?.partitions ?? [];
      return offsets.length > 0;
    });
    return offsets;
  };

  /** As a transactional producer that is no member may: a broker checks no more. */
  const setOffsets = async (partitions: readonly object[]): Promise<void> => {
    const producer = stage.kafka.producer({
      transactionalId: randomUUID(),
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const topics = [{ topic: stage.transactions, partitions: partitions as { partition: number; offset: string }[] }];
    await transaction.sendOffsets({ consumerGroupId: stage.tag, topics });
    await transaction.commit();
    await producer.disconnect();
  };

  /** A consumer from its start until all that is there is committed; what it said. */
  const consumeAll = async (): Promise<string> => {
    const consumer = new Run(['consume', '--batch-records-max', '20'], environment);
    const ends = (await admin.fetchTopicOffsets(stage.transactions)).map(
      ({ partition, high }) => `${partition}:${high}`,
    );
    await eventually(async () => {
      const standing = (await groupOffsets()).map(({ partition, offset }) => `${partition}:${offset}`);
      return standing.sort().join() === ends.sort().join();
    }, 60_000);
    return (await consumer.interrupt()).stderr;
  };

  const places = async (count: number): Promise<string[]> =>
    (await stage.read(stage.scores, count)).map(({ value }) => {
      const { sourcePartition, sourceOffset } = decodeFraudScore(value);
      return `${sourcePartition}:${sourceOffset}`;
    });

  it('costs no second score where Kafka forgot it', async () => {
    await run(['replay', '--rows', '100'], environment);
    await consumeAll();
    const before = await groupOffsets();
    await run(['replay', '--rows', '200'], environment);
    await consumeAll();
    await setOffsets(before);
    await run(['replay', '--rows', '60'], environment);
    expect(await consumeAll()).toMatch(/Kafka forgot the offset of what it committed/);
    const scored = await places(360);
    expect(scored).toHaveLength(360);
    expect(new Set(scored).size).toBe(360);
  });

  it('is an order where a person moved it', async () => {
    await setOffsets([0, 1].map((partition) => ({ partition, offset: '0' })));
    expect(await consumeAll()).not.toMatch(/Kafka forgot/);
    const scored = await places(720);
    expect(scored).toHaveLength(720);
    expect(new Set(scored).size).toBe(360);
  });
});
