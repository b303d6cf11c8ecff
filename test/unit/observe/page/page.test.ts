// Promise: the page names figures and states rightly, and lines run where figures are.
import { describe, expect, it } from 'vitest';
import { duration, share, whole } from '../../../../src/observe/page/format.ts';
import { verdictOf } from '../../../../src/observe/page/page-state.ts';
import { linePath, logShare, niceMaximum } from '../../../../src/observe/page/scale.ts';

it('writes durations in the unit that fits', () => {
  expect([null, 0.0214, 0.5, 1.234, 12.34, 999, 12_345].map(duration)).toEqual([
    ...['–', '21 µs', '500 µs', '1.23 ms', '12.3 ms', '999 ms', '12.3 s'],
  ]);
  expect(whole(1234567)).toBe('1,234,567');
  expect([share(0, 0), share(1, 8)]).toEqual(['of none', '12.50 % of 8']);
});

it('ends an axis at a round figure', () => {
  expect([0, 1, 3, 10, 11, 430, 7001].map(niceMaximum)).toEqual([1, 1, 5, 10, 20, 500, 10_000]);
});

it('shows one among thousands, and nothing for none', () => {
  expect(logShare(0, 9999)).toBe(0);
  expect(logShare(1, 9999)).toBeGreaterThan(0.05);
  expect(logShare(9999, 9999)).toBe(1);
});

it('draws a gap where a figure is missing, and a dash for one alone', () => {
  expect(linePath([0, 10, null, 5], 10, 30, 100)).toBe('M0.0 100.0L10.0 0.0M30.0 50.0m-2 0h4');
});

describe('the state', () => {
  const good = [{ name: 'engine', ok: true, reason: '' }];
  const history = (scored: number[]) => ({ scored, p50: [], p99: [] });
  it.each([
    ['busy', 'Scoring', good, [0, 5, 0, 0], 0],
    ['busy', 'Scoring', good, [0, 5, 0, 0], 7],
    ['idle', 'Idle', good, [5, 0, 0, 0], 0],
    ['idle', 'Idle', good, [5, 0, 0, 0], 7],
    ['waiting', 'Waiting', good, [5, 0, 0, 0, 0, 0], 7],
    ['trouble', 'Engine down', [{ name: 'engine', ok: false, reason: 'away' }], [5, 5], 7],
  ])('is %s', (state, words, checks, scored, lag) => {
    const partitions = [{ partition: 0, position: 0, end: lag, lag }];
    expect(verdictOf({ checks, history: history(scored), partitions })).toMatchObject({ state, words });
  });

  it('says what a person should know first, but not of a consumer that only joins its group', () => {
    const troubleOf = (name: string): string =>
      verdictOf({ checks: [{ name, ok: false, reason: 'away' }], history: history([]), partitions: [] }).trouble;
    expect(troubleOf('engine')).toBe(
      'engine: away. Nothing is lost: what comes in waits. fraudstream doctor says what mends it.',
    );
    expect(troubleOf('group')).toBe('group: away');
  });
});
