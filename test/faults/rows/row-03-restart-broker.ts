// Row 3: the broker is shut down cleanly while commits are under way, and comes back.
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

export const row03: Row = {
  number: 3,
  name: 'clean restart of the broker during commits',
  promise: 'what a commit came to is looked up, not guessed',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 5, 500);
    const stage = await Stage.open(rig, { name: 'row-03', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        await rig.kafka.terminate();
        await rig.kafka.restart();
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      return await finish(stage, { faults: times, recoveryMs });
    } finally {
      await stage.close();
    }
  },
};
