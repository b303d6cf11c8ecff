// Waits for something to become true, looking often; a bound far beyond what it takes makes a failure a failure.
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS_MAX = 20_000;

export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS_MAX;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${WAIT_MS_MAX / 1000} s: ${holds.toString()}`);
    await sleep(20);
  }
}
