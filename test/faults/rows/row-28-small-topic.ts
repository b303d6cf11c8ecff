// Row 28: the topic of the scores takes far less at once than a batch of scores.
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 4_000;
const BYTES_MAX = 8_000;

export const row28: Row = {
  number: 28,
  name: `batches of scores beyond max.message.bytes (${BYTES_MAX})`,
  promise: 'split into sends of one Kafka transaction',
  async run(rig, { random, records = RECORDS }) {
    const stage = await Stage.open(rig, { name: 'row-28', random, environment: { BATCH_RECORDS_MAX: '500' } });
    try {
      await stage.configure(stage.scores, { 'max.message.bytes': String(BYTES_MAX) });
      const slot = stage.addConsumer();
      await stage.feed.write(records);
      await stage.untilOutcomes(records);
      return await finish(stage, {
        faults: 1,
        checks: [{ words: 'the consumer lived through it', holds: slot.ownEnds.length === 0 }],
      });
    } finally {
      await stage.close();
    }
  },
};
