// Row 38: kafkajs shows aborted records where two aborted Kafka transactions overlap in a partition. With one writer per
// output partition that never happens: whoever reads the scores with kafkajs sees what Kafka's own client sees.
import { inject, planSizes, someConsumer } from '../rig/injection.ts';
import { readWithKafkajs } from '../rig/kafkajs-reader.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

export const row38: Row = {
  number: 38,
  name: 'scores read with kafkajs after consumers were killed',
  promise: 'it shows committed scores only, as Kafka’s own client does',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 10, 500);
    const stage = await Stage.open(rig, { name: 'row-38', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        await (await someConsumer(stage, options)).kill();
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      await stage.untilDone();
      await stage.stopConsumers();
      const committed = await readWithKafkajs(stage.kafka, stage.scores, true);
      const all = await readWithKafkajs(stage.kafka, stage.scores, false);
      const expected = stage.outcomes.map(({ partition, offset }) => `${partition} ${offset}`).sort();
      const same = committed.join() === expected.join();
      return await finish(stage, {
        faults: times,
        recoveryMs,
        checks: [{ words: `kafkajs sees the same (${committed.length}, ${expected.length})`, holds: same }],
        notes: [`${all.length - expected.length} scores of aborted Kafka transactions lie on the topic`],
      });
    } finally {
      await stage.close();
    }
  },
};
