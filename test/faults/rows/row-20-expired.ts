// Row 20: records are deleted (as retention would) before they were scored.
import { judge } from '../oracle.ts';
import { deleteRecords } from '../rig/delete-records.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';

const PORTION = 400;
const SEEN_MS_MAX = 60_000;

export const row20: Row = {
  number: 20,
  name: 'records deleted before they were scored',
  promise: 'a loud stop that names the gap; nothing is skipped in silence',
  async run(rig, { random }) {
    const stage = await Stage.open(rig, { name: 'row-20', random, partitions: 1 });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(PORTION);
      await stage.untilOutcomes(PORTION);
      await slot.terminate();
      await stage.feed.write(PORTION);
      await deleteRecords(rig, stage.transactions, 0, PORTION + 100);
      slot.start();
      await stage.until(() => slot.ownEnds.length > 0, 'the consumer stopping', SEEN_MS_MAX);
      await stage.stopConsumers();
      const { code, lastWords } = slot.ownEnds[0]!;
      const outputs = await stage.readAgain();
      const { duplicate, misordered } = judge(stage.transactions, [], outputs, () => {
        throw new Error('there is nothing to expect');
      });
      return {
        ...{ faults: 1, records: 2 * PORTION, lost: 0, duplicate, misordered, wrong: 0 },
        recoveryMs: [],
        checks: [
          { words: `it stopped with an error (${String(code)})`, holds: code !== 0 && code !== null },
          { words: 'it named the gap', holds: /offset 500\b.*\b400\b/s.test(lastWords) },
          { words: `nothing behind the gap was scored (${outputs.length})`, holds: outputs.length === PORTION },
        ],
        notes: ['a person decides whether to go on behind the gap'],
      };
    } finally {
      await stage.close();
    }
  },
};
