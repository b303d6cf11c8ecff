// Waits for something to become true, looking often; a bound far beyond what it takes makes a failure a failure.
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

export async function eventually(holds: () => boolean | Promise<boolean>, waitMsMax = 30_000): Promise<void> {
  const giveUpAt = performance.now() + waitMsMax;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${waitMsMax / 1000} s: ${holds.toString()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
