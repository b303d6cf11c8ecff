// Row 36: the topic of the dead letters is gone when one has to be written.
import { setTimeout as delay } from 'node:timers/promises';
import { sampleTransactions } from '../rig/input.ts';
import { PoisonMix, UNREADABLE } from '../rig/poison.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTION = 500;
const SEEN_MS_MAX = 60_000;

export const row36: Row = {
  number: 36,
  name: 'dead-letter topic deleted',
  promise: 'the consumer stops with an error and drops nothing',
  async run(rig, { random }) {
    const poison = new PoisonMix(UNREADABLE, random);
    const good = sampleTransactions(random);
    const bad = poison.among(good, 10);
    const make = (index: number): Buffer | null => (index < PORTION ? good(index) : bad(index));
    const stage = await Stage.open(rig, { name: 'row-36', random, make });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(PORTION);
      await stage.untilOutcomes(PORTION);
      await stage.withAdmin((admin) => admin.deleteTopics({ topics: [stage.deadLetters] }));
      await delay(1_000);
      await stage.feed.write(PORTION);
      await stage.until(() => slot.ownEnds.length > 0, 'the consumer stopping', SEEN_MS_MAX);
      await stage.reader.restart();
      const { code, lastWords } = slot.ownEnds[0]!;
      return await finish(stage, {
        faults: 1,
        exceptions: poison.exceptions,
        checks: [
          { words: `it stopped with an error (${String(code)})`, holds: code !== 0 && code !== null },
          { words: 'it named the topic', holds: lastWords.includes(stage.deadLetters) },
        ],
        notes: ['started again, `consume` makes the missing topic and goes on'],
      });
    } finally {
      await stage.close();
    }
  },
};
