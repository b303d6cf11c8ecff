// Row 16: the same transactions, ids and all, are replayed a second time.
import { sampleTransactions } from '../rig/input.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 2_000;

export const row16: Row = {
  number: 16,
  name: 'the same transactions replayed a second time',
  promise: 'exactly once is per record: each replayed record gets a score of its own, the same as before',
  async run(rig, { random, records = RECORDS }) {
    const half = Math.ceil(records / 2);
    const good = sampleTransactions(random);
    const first: Buffer[] = [];
    const make = (index: number): Buffer => (index < half ? (first[index] = good(index)) : first[index - half]!);
    const stage = await Stage.open(rig, { name: 'row-16', random, make });
    try {
      stage.addConsumer();
      await stage.feed.write(2 * half);
      await stage.untilOutcomes(2 * half);
      return await finish(stage, { faults: half });
    } finally {
      await stage.close();
    }
  },
};
