// Row 26: SIGTERM while both the broker and the engine are down.
import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTION = 500;
const EXIT_MS_MAX = 10_000;

export const row26: Row = {
  number: 26,
  name: 'SIGTERM while broker and engine are down',
  promise: `it still exits, within ${EXIT_MS_MAX / 1000} s`,
  async run(rig, { random }) {
    const stage = await Stage.open(rig, { name: 'row-26', random });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(4 * PORTION);
      await stage.untilOutcomes(PORTION);
      await Promise.all([rig.engine.kill(), rig.kafka.kill()]);
      await delay(1_000);
      const faultMs = Date.now();
      const { code, signal } = await slot.terminate();
      const exitMs = Date.now() - faultMs;
      await Promise.all([rig.engine.restart().then(() => rig.engine.provision()), rig.kafka.restart()]);
      await stage.feed.write(PORTION);
      slot.start();
      const recovered = await stage.recovery(faultMs);
      return await finish(stage, {
        faults: 1,
        recoveryMs: [recovered],
        checks: [{ words: `it exited in time (${exitMs} ms)`, holds: exitMs <= EXIT_MS_MAX && signal === null }],
        notes: [`exit after ${exitMs} ms with ${String(code)}`],
      });
    } finally {
      await stage.close();
    }
  },
};
