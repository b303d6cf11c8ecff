// Row 8: a consumer stands still (SIGSTOP) beyond its session in the middle of its work, its peer takes over, and it wakes up
// believing that the partitions are still its own.
import { inject, planSizes, someConsumer } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

export const row08: Row = {
  number: 8,
  name: 'zombie: SIGSTOP beyond the session, a peer takes over, SIGCONT',
  promise: 'what the zombie had in hand is refused; nothing twice',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 10, 500);
    const stage = await Stage.open(rig, { name: 'row-08', random: options.random });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        const zombie = (await someConsumer(stage, options)).process;
        const stoppedMs = Date.now();
        zombie.signal('SIGSTOP');
        await stage.feed.write(portion);
        // Every partition goes on, so the peer has them all; only now the zombie wakes up.
        await stage.recovery(stoppedMs);
        zombie.signal('SIGCONT');
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      return await finish(stage, { faults: times, recoveryMs });
    } finally {
      for (const { process } of stage.consumers) process.signal('SIGCONT');
      await stage.close();
    }
  },
};
