// Row 26: SIGTERM while both the broker and the engine are down.
import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTION = 500;
const EXIT_MS_MAX = 10_000;
/** From both being gone to SIGTERM: kafkajs goes through several states then, and waits for another thing in each. */
const GONE_MS = [0, 300, 1_000] as const;

export const row26: Row = {
  number: 26,
  name: 'SIGTERM while broker and engine are down',
  promise: `it still exits, within ${EXIT_MS_MAX / 1000} s`,
  async run(rig, { random }) {
    const stage = await Stage.open(rig, { name: 'row-26', random });
    const exits: { readonly ms: number; readonly code: number | null }[] = [];
    const recoveryMs: number[] = [];
    try {
      const slot = stage.addConsumer();
      for (const goneMs of GONE_MS) {
        await stage.feed.write(2 * PORTION);
        await stage.untilOutcomes(stage.feed.sent.length - PORTION);
        await Promise.all([rig.engine.kill(), rig.kafka.kill()]);
        await delay(goneMs);
        const faultMs = Date.now();
        const { code } = await slot.terminate();
        exits.push({ ms: Date.now() - faultMs, code });
        await Promise.all([rig.engine.restart().then(() => rig.engine.provision()), rig.kafka.restart()]);
        await stage.feed.write(PORTION);
        slot.start();
        recoveryMs.push(await stage.recovery(faultMs));
      }
      const words = exits.map(({ ms, code }) => `after ${ms} ms with ${String(code)}`).join(', ');
      const isInTime = exits.every(({ ms, code }) => ms <= EXIT_MS_MAX && code !== null);
      return await finish(stage, {
        faults: exits.length,
        recoveryMs,
        checks: [{ words: `it exited in time (${words})`, holds: isInTime }],
        notes: [`exits ${words}`],
      });
    } finally {
      await stage.close();
    }
  },
};
