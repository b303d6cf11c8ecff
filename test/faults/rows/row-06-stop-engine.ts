// Row 6: the engine stands still (SIGSTOP) with its sockets open, longer than a session; then it goes on.
import { setTimeout as delay } from 'node:timers/promises';
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const STILL_MS = 15_000;

export const row06: Row = {
  number: 6,
  name: `engine SIGSTOP for ${STILL_MS / 1000} s`,
  promise: 'the deadline fires, the batch waits, heartbeats go on and the member stays in the group',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 3, 500);
    const stage = await Stage.open(rig, {
      name: 'row-06',
      random: options.random,
      environment: { ENGINE_TIMEOUT_MS: '1000' },
    });
    try {
      const slot = stage.addConsumer();
      const fault = async (): Promise<void> => {
        rig.engine.signal('SIGSTOP');
        await delay(STILL_MS);
        rig.engine.signal('SIGCONT');
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      const joins = (await slot.log()).split('partitions assigned').length - 1;
      return await finish(stage, {
        faults: times,
        recoveryMs,
        checks: [
          { words: 'the consumer lived through it', holds: slot.ownEnds.length === 0 },
          { words: `it joined the group once and stayed (${joins})`, holds: joins === 1 },
        ],
        notes: [`recovery counts from SIGSTOP, which lasts ${STILL_MS / 1000} s`],
      });
    } finally {
      rig.engine.signal('SIGCONT');
      await stage.close();
    }
  },
};
