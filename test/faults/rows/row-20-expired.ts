// Row 20: records are deleted (as retention would) before they were scored.
import { deleteRecords } from '../rig/delete-records.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { judgeStage } from '../verdict.ts';

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
      const verdict = await judgeStage(stage, stage.feed.sent.slice(0, PORTION), outputs);
      const { records, lost, duplicate, misordered, wrong } = verdict;
      return {
        ...{ faults: 1, records, lost, duplicate, misordered, wrong },
        recoveryMs: [],
        checks: [
          { words: `it stopped with an error (${String(code)})`, holds: code !== 0 && code !== null },
          { words: 'it named the gap', holds: /offset 500\b.*\b400\b/s.test(lastWords) },
          { words: `nothing behind the gap was scored (${outputs.length})`, holds: outputs.length === PORTION },
        ],
        notes: ['judged are those before the gap; a person decides about those behind it'],
      };
    } finally {
      await stage.close();
    }
  },
};
