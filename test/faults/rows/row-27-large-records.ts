// Row 27: records far larger than any transaction, larger than the dead-letter topic takes.
import { sampleTransactions } from '../rig/input.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 1_000;
const LARGE_EVERY = 250;
const LARGE_BYTES = [600_000, 1_100_000, 5_000_000, 9_000_000];

export const row27: Row = {
  number: 27,
  name: 'records of 0.6 to 9 MB',
  promise: 'a dead letter that names where the whole record lies; the consumer never wedges',
  async run(rig, { random }) {
    const good = sampleTransactions(random);
    const large = new Set<Buffer | null>();
    const make = (index: number): Buffer => {
      if (index % LARGE_EVERY !== LARGE_EVERY - 1) return good(index);
      const bytes = LARGE_BYTES[Math.floor(index / LARGE_EVERY) % LARGE_BYTES.length]!;
      const record = Buffer.alloc(bytes, 'x');
      large.add(record);
      return record;
    };
    const stage = await Stage.open(rig, { name: 'row-27', random, make });
    try {
      await stage.configure(stage.transactions, { 'max.message.bytes': '12000000' });
      const slot = stage.addConsumer();
      await stage.feed.write(RECORDS);
      await stage.untilOutcomes(RECORDS);
      const letters = stage.outcomes.flatMap((outcome) => (outcome.kind === 'dead-letter' ? [outcome.letter] : []));
      const cut = letters.filter((letter) => letter.payloadTruncated && LARGE_BYTES.includes(letter.payloadBytes));
      return await finish(stage, {
        faults: large.size,
        exceptions: ({ value }) =>
          large.has(value) ? { kind: 'dead-letter', errorClasses: ['not-single-object'] } : undefined,
        checks: [
          { words: 'the consumer lived through it', holds: slot.ownEnds.length === 0 },
          { words: `cut ones say how long they were (${cut.length})`, holds: cut.length >= LARGE_BYTES.length - 1 },
        ],
        notes: [`${cut.length} of ${letters.length} dead letters are cut`],
      });
    } finally {
      await stage.close();
    }
  },
};
