// When the rows of a replay are due.
import { describe, expect, it } from 'vitest';
import { SLICE_MS, scheduleOf, systemClock, wakeMs } from '../../../producers/pace.ts';

describe('the schedule of a replay', () => {
  it('spaces rows evenly at a rate, without drift over millions of them', () => {
    const dueOf = scheduleOf({ kind: 'rate', perSecond: 50_000 });
    expect([dueOf(0, 0), dueOf(1, 0), dueOf(50_000, 0), dueOf(180_000_000, 0)]).toEqual([0, 0.02, 1000, 3_600_000]);
  });

  it('follows the Time column so many times as fast, from the first row on', () => {
    const dueOf = scheduleOf({ kind: 'speed', factor: 10 });
    expect([dueOf(0, 100), dueOf(1, 101), dueOf(2, 160)]).toEqual([0, 100, 6000]);
  });

  it('sends a row whose Time runs backwards with the one before it', () => {
    const dueOf = scheduleOf({ kind: 'speed', factor: 1 });
    expect([dueOf(0, 100), dueOf(1, 110), dueOf(2, 50), dueOf(3, 111)]).toEqual([0, 10_000, 10_000, 11_000]);
  });

  it.each([
    ['rises', 100, 300],
    ['falls', 300, 100],
    ['stays', 200, 200],
  ])(
    'on a ramp that %s sends the mean of both rates, each second its own, and goes on at the second',
    (_, from, to) => {
      const dueOf = scheduleOf({ kind: 'ramp', fromPerSecond: from, toPerSecond: to, seconds: 10 });
      const dues = Array.from({ length: 2000 + 3 * to }, (_row, rowNumber) => dueOf(rowNumber, 0));
      const sentBefore = (seconds: number): number => dues.filter((due) => due < seconds * 1000 - 1e-6).length;
      expect([1, 2, 5, 10, 12].map(sentBefore)).toEqual(
        [1, 2, 5, 10].map((t) => Math.ceil(from * t + ((to - from) * t * t) / 20)).concat(2000 + 2 * to),
      );
      expect(dues.every((due, row) => row === 0 || due > dues[row - 1]!)).toBe(true);
    },
  );

  it('makes everything due at once when unpaced', () => {
    expect(scheduleOf({ kind: 'unpaced' })(1e6, 1e6)).toBe(0);
  });

  it('wakes at the end of a slice, never before the row is due', () => {
    expect([wakeMs(0), wakeMs(0.02), wakeMs(SLICE_MS), wakeMs(SLICE_MS + 0.1)]).toEqual([
      0,
      SLICE_MS,
      SLICE_MS,
      2 * SLICE_MS,
    ]);
  });
});

describe('the system clock', () => {
  it('ends a sleep when the signal aborts', async () => {
    const stop = new AbortController();
    const asleep = systemClock.sleepUntil(systemClock.now() + 60_000, stop.signal);
    stop.abort();
    await expect(asleep).resolves.toBeUndefined();
  });
});
