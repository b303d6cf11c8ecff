// Promise: a tally counts each value once, in the bucket whose bound it does not exceed, and quantiles lie where they must.
import { expect, it } from 'vitest';
import { quantile, Tally } from '../../../src/observe/tally.ts';

it('puts each value into the first bucket whose bound it does not exceed', () => {
  const tally = new Tally([1, 2, 4]);
  for (const value of [0, 1, 1.5, 2, 4, 4.1, Infinity]) tally.observe(value);
  expect([...tally.counts]).toEqual([2, 2, 1, 2]);
  expect(tally.count).toBe(7);
});

it('interpolates quantiles inside a bucket, and says nothing of nothing', () => {
  expect(quantile([10, 20], [0, 0, 0], 0.5)).toBeUndefined();
  expect(quantile([10, 20], [4, 4, 0], 0.25)).toBe(5);
  expect(quantile([10, 20], [4, 4, 0], 0.75)).toBe(15);
  expect(quantile([10, 20], [0, 1, 9], 0.99)).toBe(20);
});

it('agrees with sorting, to within the width of a bucket', () => {
  const bounds = Array.from({ length: 100 }, (_, index) => (index + 1) / 100);
  const tally = new Tally(bounds);
  const values = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 1000) / 1000);
  for (const value of values) tally.observe(value);
  const sorted = values.toSorted((a, b) => a - b);
  for (const share of [0.01, 0.5, 0.9, 0.99]) {
    expect(Math.abs(quantile(bounds, tally.counts, share)! - sorted[Math.floor(share * 1000)]!)).toBeLessThan(0.011);
  }
});
