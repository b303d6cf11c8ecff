// Row 14: records that nobody can read, among good ones.
import { sampleTransactions } from '../rig/input.ts';
import { PoisonMix, UNREADABLE, type Poison } from '../rig/poison.ts';
import { Stage } from '../rig/stage.ts';
import type { Row, RowOptions, RowResult } from '../row.ts';
import type { Rig } from '../rig/rig.ts';
import { finish } from '../verdict.ts';

const RECORDS = 10_000;
const ONE_IN = 20;

export const row14: Row = {
  number: 14,
  name: 'poison among good records',
  promise: 'one dead letter each with its bytes and the right class; neighbours scored, no restart',
  run: (rig, options) => playPoison(rig, options, 'row-14', UNREADABLE),
};

export async function playPoison(
  rig: Rig,
  { random, records = RECORDS }: RowOptions,
  name: string,
  kinds: readonly Poison[],
): Promise<RowResult> {
  const poison = new PoisonMix(kinds, random);
  const make = poison.among(sampleTransactions(random), ONE_IN);
  const stage = await Stage.open(rig, { name, random, make, environment: { BATCH_RECORDS_MAX: '200' } });
  try {
    const slot = stage.addConsumer();
    await stage.feed.write(records);
    await stage.untilOutcomes(records);
    return await finish(stage, {
      faults: poison.injected,
      exceptions: poison.exceptions,
      checks: [{ words: 'the consumer lived through it', holds: slot.ownEnds.length === 0 }],
      notes: [`kinds: ${kinds.map((kind) => kind.name).join(', ')}`],
    });
  } finally {
    await stage.close();
  }
}
