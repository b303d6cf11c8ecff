// When each transaction of a replay is due: an absolute schedule, so that no delay is ever added to the next.

/** How fast to replay: so many a second, so many times as fast as the Time column runs, or as fast as possible. */
export type Pace =
  | { readonly kind: 'rate'; readonly perSecond: number }
  | { readonly kind: 'speed'; readonly factor: number }
  | { readonly kind: 'unpaced' };

/** Waits end on multiples of this, so that a high rate goes out in small batches rather than row by row. */
export const SLICE_MS = 5;

/** Milliseconds after the start at which the row is due. `rowNumber` counts from 0, `time` is its Time in seconds. */
export type Schedule = (rowNumber: number, time: number) => number;

export function scheduleOf(pace: Pace): Schedule {
  switch (pace.kind) {
    case 'rate':
      return (rowNumber) => (rowNumber * 1000) / pace.perSecond;
    case 'speed':
      return speedSchedule(pace.factor);
    case 'unpaced':
      return () => 0;
  }
}

/** The first row is due at once, whatever its Time; a row whose Time runs backwards is due with the one before it. */
function speedSchedule(factor: number): Schedule {
  let first: number | undefined;
  let latestMs = 0;
  return (_rowNumber, time) => {
    first ??= time;
    latestMs = Math.max(latestMs, ((time - first) * 1000) / factor);
    return latestMs;
  };
}

/** When to wake for something due then: at the end of its slice. */
export function wakeMs(dueMs: number): number {
  return Math.ceil(dueMs / SLICE_MS) * SLICE_MS;
}

/** Time as a replay sees it. */
export interface Clock {
  /** Milliseconds since the epoch; never goes back. */
  now(): number;
  /** Resolves at `timeMs`, or at once when it has passed or `signal` aborts. */
  sleepUntil(timeMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleepUntil: (timeMs, signal) =>
    new Promise((resolve) => {
      const delayMs = timeMs - systemClock.now();
      if (delayMs <= 0 || signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(delayMs, DELAY_MS_MAX));
      signal?.addEventListener('abort', wake, { once: true });
    }),
};

/** setTimeout takes a longer delay for 1 ms; who sleeps longer asks again. */
const DELAY_MS_MAX = 2 ** 31 - 1;
