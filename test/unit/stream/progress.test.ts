// The watchdog barks where a partition's records wait and nothing of it moves, and nowhere else.
import { describe, expect, it } from 'vitest';
import { Progress } from '../../../src/stream/progress.ts';

const NONE = new Map<number, number>();

describe('progress', () => {
  const setUp = () => {
    const clock = { now: 0 };
    const progress = new Progress(1000, () => clock.now);
    progress.assigned([1, 0]);
    /** What the watchdog says at a time, with partition 1 at its end unless told. */
    const look = (now: number, committed: ReadonlyMap<number, number> = new Map([[1, 20]])) => {
      clock.now = now;
      return progress.stall(progress.views(bounds, committed));
    };
    return { clock, progress, look };
  };
  const bounds = new Map([
    [0, { oldest: 0, end: 10 }],
    [1, { oldest: 0, end: 20 }],
    [2, { oldest: 0, end: 99 }],
  ]);

  it('counts as lag what lies beyond what is handled, of assigned partitions only', () => {
    const { progress } = setUp();
    progress.handled(0, 10);
    expect(progress.views(bounds, new Map([[1, 15]]))).toEqual([
      { partition: 0, position: 10, end: 10, lag: 0 },
      { partition: 1, position: 15, end: 20, lag: 5 },
    ]);
  });

  it('does not wait for records that are gone', () => {
    const { progress } = setUp();
    const emptied = new Map([[0, { oldest: 10, end: 10 }]]);
    expect(progress.views(emptied, NONE)[0]).toMatchObject({ lag: 0 });
  });

  it('ends a consumer that stands still while records wait, and names the partition', () => {
    const { look } = setUp();
    const stall = look(1000);
    expect(stall).toMatchObject({ code: 'STREAM_STALLED', retriable: true });
    expect(stall?.message).toBe(
      'partition 0: 10 transactions wait from offset 0 on, and nothing of it was published for 1 s',
    );
  });

  it('is not deceived by a neighbour that moves', () => {
    const { clock, progress, look } = setUp();
    for (clock.now = 0; clock.now < 900; clock.now += 100) progress.handled(1, clock.now / 100);
    expect(look(1000)).toBeDefined();
  });

  it('lets an idle one be, however long, and gives it the whole time when records come', () => {
    const { progress, clock } = setUp();
    const idle = new Map([[0, { oldest: 0, end: 0 }]]);
    clock.now = 5000;
    expect(progress.stall(progress.views(idle, NONE))).toBeUndefined();
    clock.now = 5999;
    const busy = new Map([[0, { oldest: 0, end: 5 }]]);
    expect(progress.stall(progress.views(busy, NONE))).toBeUndefined();
  });

  it('begins anew with every step, and with what others commit', () => {
    const { clock, progress, look } = setUp();
    clock.now = 900;
    progress.handled(0, 3);
    expect(look(1800)).toBeUndefined();
    const byOthers = new Map([
      [0, 7],
      [1, 20],
    ]);
    expect(look(2700, byOthers)).toBeUndefined();
    expect(look(3700, byOthers)).toBeDefined();
  });

  it('begins anew with a new assignment, not with one that leaves the partition here', () => {
    const { clock, progress, look } = setUp();
    clock.now = 900;
    progress.assigned([0]);
    expect(look(1000)).toBeDefined();
    progress.assigned([]);
    progress.assigned([0]);
    expect(look(1999)).toBeUndefined();
  });

  it('is not made by handling the same again', () => {
    const { clock, progress, look } = setUp();
    progress.handled(0, 3);
    clock.now = 1000;
    progress.handled(0, 3);
    expect(look(1000)).toBeDefined();
  });
});
