// Row 24: the clock on the wall of the consumers jumps by minutes and hours, back and forth.
import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTIONS = 20;
const PORTION = 200;
const EVERY_MS = 1_000;
/** Longer than a session, so that a member whose heartbeats stop loses its partitions. */
const JUMP_EVERY_MS = 5_000;
const OUT_MS_MAX = 10_000;
/** Each of the two joins, and makes room for the other once. */
const ASSIGNMENTS_MAX = 4;

/** Loaded before a consumer's own code. */
const JUMPING_CLOCK = `
  const { now } = Date;
  const minutes = [0, 60, -60, 5, -5];
  Date.now = () => now() + 60_000 * minutes[Math.floor(performance.now() / ${JUMP_EVERY_MS}) % minutes.length];`;

export const row24: Row = {
  number: 24,
  name: 'clock jumps of 5 and 60 minutes, forward and back',
  promise: 'no stall, no rebalance, nothing lost or twice',
  async run(rig, { random }) {
    const stage = await Stage.open(rig, {
      name: 'row-24',
      random,
      nodeArguments: ['--import', `data:text/javascript,${encodeURIComponent(JUMPING_CLOCK)}`],
    });
    try {
      const slots = [stage.addConsumer(), stage.addConsumer()];
      await stage.until(() => slots.every((slot) => slot.process.isScoring), 'both consumers scoring');
      const startMs = Date.now();
      let slowestMs = 0;
      for (let portion = 1; portion <= PORTIONS; portion++) {
        await stage.feed.write(PORTION);
        const writtenMs = Date.now();
        await stage.untilOutcomes(stage.feed.sent.length);
        slowestMs = Math.max(slowestMs, Date.now() - writtenMs);
        await delay(EVERY_MS);
      }
      const jumps = slots.length * Math.floor((Date.now() - startMs) / JUMP_EVERY_MS);
      const logs = await Promise.all(slots.map((slot) => slot.log()));
      const assignments = logs.join('').split('partitions assigned').length - 1;
      return await finish(stage, {
        faults: jumps,
        checks: [
          { words: `nothing stalled (slowest portion ${slowestMs} ms)`, holds: slowestMs <= OUT_MS_MAX },
          { words: `no rebalance but for the joins (${assignments})`, holds: assignments <= ASSIGNMENTS_MAX },
          { words: 'both lived through it', holds: slots.every((slot) => slot.ownEnds.length === 0) },
        ],
        notes: [`slowest portion ${slowestMs} ms, ${assignments} assignments`],
      });
    } finally {
      await stage.close();
    }
  },
};
