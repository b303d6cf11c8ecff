// Row 1: kill -9 of a consumer at random points of its Kafka transactions, over and over; another one starts in its place.
import { inject, planSizes, someConsumer } from '../rig/injection.ts';
import { readWithKafkajs } from '../rig/kafkajs-reader.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

export const row01: Row = {
  number: 1,
  name: 'kill -9 of a consumer, mid-transaction',
  promise: 'nothing lost, nothing twice; the next one goes on',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 20, 500);
    const stage = await Stage.open(rig, { name: 'row-01', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        await (await someConsumer(stage, options)).kill();
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      const result = await finish(stage, { faults: times, recoveryMs });
      const written = await readWithKafkajs(stage.kafka, stage.scores, false);
      const aborted = written.length - stage.outcomes.length;
      return {
        ...result,
        notes: [...result.notes, `${aborted} scores of aborted Kafka transactions lie on the topic`],
      };
    } finally {
      await stage.close();
    }
  },
};
