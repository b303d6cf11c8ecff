// What a command has opened and must close, last opened first, each within a bound: a peer that died must not hold it up.
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../telemetry/logger.ts';

const CLOSE_MS_MAX = 15_000;

export class Closers {
  readonly #log: Log;
  readonly #open: { readonly name: string; readonly close: () => Promise<void> }[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  add(name: string, close: () => Promise<void>): void {
    this.#open.push({ name, close });
  }

  /** Never rejects: what could not be closed is logged, and the rest is closed all the same. */
  async closeAll(): Promise<void> {
    for (let entry = this.#open.pop(); entry !== undefined; entry = this.#open.pop()) {
      const { name, close } = entry;
      const late = sleep(CLOSE_MS_MAX, 'late', { ref: false });
      const outcome = await Promise.race([close().catch(messageOf), late]);
      if (outcome !== undefined) this.#log.warn({ name, outcome }, 'could not be closed in an orderly way');
    }
  }
}
