// When each transaction of a replay is due: an absolute schedule, so that no delay is ever added to the next.

/** How fast to replay: so many a second, more (or fewer) from second to second, so many times as fast as the Time column runs, or as fast as possible. */
export type Pace =
  | { readonly kind: 'rate'; readonly perSecond: number }
  | Ramp
  | { readonly kind: 'speed'; readonly factor: number }
  | { readonly kind: 'unpaced' };

/** From one rate to another in a straight line, and on at the second one. */
export interface Ramp {
  readonly kind: 'ramp';
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly seconds: number;
}

/** Waits end on multiples of this, about what a timer can do: at 50,000 a second 50 rows go together. */
export const SLICE_MS = 1;

/** Milliseconds after the start at which the row is due. `rowNumber` counts from 0, `time` is its Time in seconds. */
export type Schedule = (rowNumber: number, time: number) => number;

export function scheduleOf(pace: Pace): Schedule {
  switch (pace.kind) {
    case 'rate':
      return (rowNumber) => (rowNumber * 1000) / pace.perSecond;
    case 'ramp':
      return rampSchedule(pace);
    case 'speed':
      return speedSchedule(pace.factor);
    case 'unpaced':
      return () => 0;
  }
}

/** The rate's integral is the row's number: solved for the time, in the form that loses no digits where both rates are alike. */
function rampSchedule({ fromPerSecond: from, toPerSecond: to, seconds }: Ramp): Schedule {
  const rowsOnRamp = ((from + to) / 2) * seconds;
  const slope = (to - from) / seconds;
  return (rowNumber) => {
    if (rowNumber >= rowsOnRamp) return 1000 * (seconds + (rowNumber - rowsOnRamp) / to);
    return (2000 * rowNumber) / (from + Math.sqrt(from * from + 2 * slope * rowNumber));
  };
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
