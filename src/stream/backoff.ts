// Waiting between attempts: longer each time, with chance in it so that peers part, and over at once when told to stop.
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamLog } from './stream-log.ts';

/** The batch is no longer this consumer's to finish: a rebalance, or the end. Nothing was lost: it was not published. */
export class Abandoned extends Error {
  constructor() {
    super('the batch was handed back');
    this.name = 'Abandoned';
  }
}

export interface Waiting {
  /** Resolves after the pause that follows attempt number `attempt` (from 1). @throws Abandoned */
  pause(attempt: number, signal: AbortSignal): Promise<void>;
}

const FIRST_MS = 20;
const LONGEST_MS = 2_000;

export const backoff: Waiting = {
  async pause(attempt, signal) {
    const base = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 20), LONGEST_MS);
    try {
      await delay(base * (0.5 + Math.random() / 2), undefined, { signal });
    } catch {
      throw new Abandoned();
    }
  },
};

export interface Wait {
  readonly partition: number;
  readonly attempt: number;
  readonly reason: string;
}

/** A wait is told at its first attempts and ever less often: each partition that waits has a line of its own. */
export function tellOfWaiting(log: StreamLog, wait: Wait, words: string): void {
  log[Number.isInteger(Math.log2(wait.attempt)) ? 'warn' : 'debug'](wait, words);
}

export function throwIfAbandoned(signal: AbortSignal): void {
  if (signal.aborted) throw new Abandoned();
}

/**
 * What `work` brings, unless the batch is handed back first: then nobody waits for it, and what it still brings goes to `late`.
 * @throws Abandoned, or what `work` throws
 */
export function unlessAbandoned<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  late: (result: Result) => void = () => {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      work.then(late, () => {});
      reject(new Abandoned());
    };
    if (signal.aborted) {
      abandon();
      return;
    }
    signal.addEventListener('abort', abandon, { once: true });
    const settled = (): void => signal.removeEventListener('abort', abandon);
    work.finally(settled).then(resolve, reject);
  });
}
