// Row 1: kill -9 of a consumer at random points of its Kafka transactions, over and over; another one starts in its place.
import { setTimeout as delay } from 'node:timers/promises';
import { finish } from '../verdict.ts';
import type { Row } from '../row.ts';
import { Stage } from '../rig/stage.ts';

export const row01: Row = {
  number: 1,
  name: 'kill -9 of a consumer, mid-transaction',
  promise: 'nothing lost, nothing twice; the next one goes on',
  async run(rig, { random, records, kills = 20, tell }) {
    const portion = Math.max(100, Math.ceil((records ?? kills * 500) / (kills + 1)));
    const stage = await Stage.open(rig, { name: 'row-01', random });
    const recoveryMs: number[] = [];
    try {
      stage.addConsumer();
      stage.addConsumer();
      await stage.feed.write(portion);
      for (let kill = 1; kill <= kills; kill++) {
        await stage.untilOutcomes(stage.feed.sent.length - Math.floor(portion * random.uniform()));
        await delay(random.whole(0, 30));
        const victim = stage.consumers[random.whole(0, 1)]!;
        await stage.until(() => victim.process.isAlive, 'a consumer to kill');
        const faultMs = Date.now();
        await victim.kill();
        await stage.feed.write(portion);
        recoveryMs.push(await stage.recovery(faultMs));
        if (kill % 10 === 0) tell(`${kill} of ${kills} kills, ${stage.outcomes.length} outcomes`);
      }
      return await finish(stage, { faults: kills, recoveryMs });
    } finally {
      await stage.close();
    }
  },
};
