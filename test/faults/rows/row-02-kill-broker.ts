// Row 2: kill -9 of the broker while consumers are at work; it comes back on the same data.
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

export const row02: Row = {
  number: 2,
  name: 'kill -9 of the broker',
  promise: 'nothing acknowledged is lost; consumers come back by themselves',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 10, 500);
    const stage = await Stage.open(rig, { name: 'row-02', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        await rig.kafka.kill();
        await rig.kafka.restart();
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      return await finish(stage, { faults: times, recoveryMs });
    } finally {
      await stage.close();
    }
  },
};
