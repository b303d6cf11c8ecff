// Row 7: the engine comes back empty and stays so for a while: no models, no script, no references.
import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTION = 1_000;
const EMPTY_MS = 10_000;

export const row07: Row = {
  number: 7,
  name: `engine empty for ${EMPTY_MS / 1000} s`,
  promise: 'nothing is scored meanwhile; the consumer says what is missing, and goes on once it is there',
  async run(rig, { random }) {
    const stage = await Stage.open(rig, { name: 'row-07', random });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(PORTION);
      await stage.untilOutcomes(PORTION / 2);
      await rig.engine.kill();
      await rig.engine.restart();
      const emptyMs = Date.now();
      await stage.feed.write(PORTION);
      await delay(EMPTY_MS);
      const provisionedMs = Date.now();
      const words = slot.ownEnds.map(({ lastWords }) => lastWords).join('\n');
      await rig.engine.provision();
      const recovered = await stage.recovery(provisionedMs);
      const meanwhile = stage.outcomes.filter(
        (outcome) => outcome.kind === 'score' && between(outcome.score.scoredAt, emptyMs, provisionedMs),
      );
      return await finish(stage, {
        faults: 1,
        recoveryMs: [recovered],
        checks: [
          {
            words: `nothing was scored while the engine was empty (${meanwhile.length})`,
            holds: meanwhile.length === 0,
          },
          { words: 'the consumer said that the engine holds no model', holds: /does not hold .*fraud/.test(words) },
        ],
        notes: ['recovery counts from the start of provision'],
      });
    } finally {
      await stage.close();
    }
  },
};

const between = (ms: number, from: number, to: number): boolean => ms > from && ms < to;
