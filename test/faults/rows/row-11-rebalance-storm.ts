// Row 11: three members join, leave and die at random, every second or two, while transactions keep coming.
import { setTimeout as delay } from 'node:timers/promises';
import { someConsumer } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const EVENTS = 30;
const PORTION = 200;
/** Within so long there must be progress, however hard it storms. */
const STILL_MS_MAX = 60_000;

export const row11: Row = {
  number: 11,
  name: 'rebalance storm of three members',
  promise: 'it goes on, nothing lost, nothing twice',
  async run(rig, options) {
    const { random, tell } = options;
    const events = options.kills ?? EVENTS;
    const portion = Math.max(PORTION, Math.ceil((options.records ?? 0) / events));
    const stage = await Stage.open(rig, { name: 'row-11', random });
    let stillMsMax = 0;
    try {
      for (let member = 0; member < 3; member++) stage.addConsumer();
      await stage.feed.write(portion);
      await stage.untilOutcomes(1);
      for (let event = 1; event <= events; event++) {
        await stage.feed.write(portion);
        const slot = await someConsumer(stage, options);
        await (random.uniform() < 0.5 ? slot.kill() : slot.terminate({ restart: true }));
        await delay(random.whole(500, 2_500));
        stillMsMax = Math.max(stillMsMax, Date.now() - stage.reader.lastRecordMs);
        if (event % 10 === 0) tell(`${event} of ${events} members gone, ${stage.outcomes.length} outcomes`);
      }
      return await finish(stage, {
        faults: events,
        checks: [{ words: `never still for long (${stillMsMax} ms)`, holds: stillMsMax < STILL_MS_MAX }],
        notes: [`longest time without an outcome: ${stillMsMax} ms`],
      });
    } finally {
      await stage.close();
    }
  },
};
