// Row 25: SIGTERM in the middle of a batch, as a deployment sends it.
import { inject, planSizes, someConsumer } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const EXIT_MS_MAX = 10_000;

export const row25: Row = {
  number: 25,
  name: 'SIGTERM in the middle of a batch',
  promise: `finishes or hands back, leaves the group, exits with 0 within ${EXIT_MS_MAX / 1000} s`,
  async run(rig, options) {
    const { times, portion } = planSizes(options, 20, 500);
    const stage = await Stage.open(rig, { name: 'row-25', random: options.random });
    const exitMs: number[] = [];
    const codes = new Set<string>();
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        const slot = await someConsumer(stage, options);
        // Before its handlers are there, SIGTERM ends a process as it ends any other.
        await stage.until(() => slot.process.isScoring, 'a consumer that scores');
        const startMs = Date.now();
        const { code, signal } = await slot.terminate({ restart: true });
        exitMs.push(Date.now() - startMs);
        codes.add(String(code ?? signal));
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      const slowest = Math.max(...exitMs);
      return await finish(stage, {
        faults: times,
        recoveryMs,
        checks: [
          { words: `every exit code is 0 (${[...codes].join(', ')})`, holds: codes.size === 1 && codes.has('0') },
          { words: `every exit is in time (slowest ${slowest} ms)`, holds: slowest <= EXIT_MS_MAX },
        ],
        notes: [`slowest exit ${slowest} ms`],
      });
    } finally {
      await stage.close();
    }
  },
};
