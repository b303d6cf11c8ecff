// A few rows of the fault table with a few faults each, for every run of the tests; `npm run faults` plays them all.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROWS } from './rows.ts';
import { KafkaProcess } from './rig/kafka-process.ts';
import { startRig, type Rig } from './rig/rig.ts';
import { runRow } from './run-rows.ts';

const ROWS_PLAYED = [
  { row: 1, kills: 3, records: 600 },
  { row: 8, kills: 1, records: 300 },
  { row: 12, kills: 3, records: 600 },
  { row: 14, kills: undefined, records: 1_000 },
  { row: 22, kills: undefined, records: 5_000 },
  { row: 25, kills: 2, records: 400 },
  { row: 39, kills: 3, records: 1_200 },
  { row: 40, kills: 3, records: 2_400 },
] as const;

const SEED = 1;
const absent = await KafkaProcess.absent();
const name = absent === '' ? 'under faults' : `under faults [skipped: ${absent}]`;
const told: string[] = [];

describe.skipIf(absent !== '')(name, () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig((words) => told.push(words));
  });

  afterAll(async () => {
    await rig.stop(false);
  });

  it.each(ROWS_PLAYED)(
    'row $row holds: nothing lost, nothing twice, nothing wrong',
    async ({ row, kills, records }) => {
      const played = ROWS.find(({ number }) => number === row)!;
      const report = await runRow(rig, played, { seed: SEED, kills, records, tell: (words) => told.push(words) });
      expect(report.notes.filter((note) => note.startsWith('does not hold'))).toEqual([]);
      expect(report).toMatchObject({ lost: 0, duplicate: 0, misordered: 0, wrong: 0, holds: true });
      expect(report.records).toBeGreaterThan(0);
    },
  );
});
