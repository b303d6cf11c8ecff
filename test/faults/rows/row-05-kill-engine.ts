// Row 5: kill -9 of the engine in the middle of DAGs. It comes back empty, and is provisioned as an operator would.
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

export const row05: Row = {
  number: 5,
  name: 'kill -9 of the engine, back after provision',
  promise: 'the batch waits or the consumer stops and says why; every score is right',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 10, 500);
    const stage = await Stage.open(rig, { name: 'row-05', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        await rig.engine.kill();
        await rig.engine.restart();
        await rig.engine.provision();
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      return await finish(stage, { faults: times, recoveryMs });
    } finally {
      await stage.close();
    }
  },
};
