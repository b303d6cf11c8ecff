// The watchdog barks where records wait and nothing moves, and nowhere else.
import { describe, expect, it } from 'vitest';
import { Progress } from '../../../src/stream/progress.ts';

describe('progress', () => {
  const setUp = () => {
    const clock = { now: 0 };
    const progress = new Progress(1000, () => clock.now);
    progress.assigned([0, 1]);
    return { clock, progress };
  };
  const ends = new Map([
    [0, 10],
    [1, 20],
    [2, 99],
  ]);

  it('counts as lag what lies beyond what is handled, of assigned partitions only', () => {
    const { progress } = setUp();
    progress.handled(0, 10);
    expect(progress.views(ends, new Map([[1, 15]]))).toEqual([
      { partition: 0, position: 10, end: 10, lag: 0 },
      { partition: 1, position: 15, end: 20, lag: 5 },
    ]);
  });

  it('ends a consumer that stands still while records wait', () => {
    const { clock, progress } = setUp();
    clock.now = 1000;
    expect(progress.stall(5)).toMatchObject({ code: 'STREAM_STALLED', retriable: true });
  });

  it('lets an idle one be, however long, and gives it the whole time when records come', () => {
    const { clock, progress } = setUp();
    clock.now = 5000;
    expect(progress.stall(0)).toBeUndefined();
    clock.now = 5999;
    expect(progress.stall(5)).toBeUndefined();
  });

  it('begins anew with every step and every assignment', () => {
    const { clock, progress } = setUp();
    clock.now = 900;
    progress.handled(0, 3);
    clock.now = 1800;
    expect(progress.stall(5)).toBeUndefined();
    progress.assigned([1]);
    clock.now = 2700;
    expect(progress.stall(5)).toBeUndefined();
  });

  it('is not made by handling the same again', () => {
    const { clock, progress } = setUp();
    progress.handled(0, 3);
    clock.now = 1000;
    progress.handled(0, 3);
    expect(progress.stall(5)).toBeDefined();
  });
});
