// Row 4: the broker stands still (SIGSTOP) with its sockets open, for less and for more than a session; then it goes on.
import { setTimeout as delay } from 'node:timers/promises';
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const STILL_MS = [2_000, 10_000, 30_000];

export const row04: Row = {
  number: 4,
  name: `broker SIGSTOP for ${STILL_MS.map((ms) => ms / 1000).join(', ')} s`,
  promise: 'nothing lost, nothing twice; it resumes',
  async run(rig, options) {
    const { times, portion } = planSizes(options, STILL_MS.length, 500);
    const stage = await Stage.open(rig, { name: 'row-04', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (number: number): Promise<void> => {
        rig.kafka.signal('SIGSTOP');
        await delay(STILL_MS[(number - 1) % STILL_MS.length]);
        rig.kafka.signal('SIGCONT');
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      return await finish(stage, { faults: times, recoveryMs, notes: ['recovery counts from SIGSTOP'] });
    } finally {
      rig.kafka.signal('SIGCONT');
      await stage.close();
    }
  },
};
