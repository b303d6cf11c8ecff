// Promise: the stability index is 0 where nothing has changed, large where much has, and silent while it would show chance.
import { expect, it } from 'vitest';
import { referenceHistogram, stabilityIndex } from '../../../src/observe/drift.ts';

const reference = { bounds: [0.1, 0.5, 1], counts: [90, 8, 2] };

it('is 0 for the same distribution, whatever the counts', () => {
  expect(stabilityIndex(reference, [9000, 800, 200])).toBeCloseTo(0, 12);
});

it('is what one gets by hand where a tenth of the scores has moved from the lowest to the highest bucket', () => {
  // By hand: (0.8-0.9) ln(0.8/0.9) + (0.12-0.02) ln(0.12/0.02)
  expect(stabilityIndex(reference, [8000, 800, 1200])).toBeCloseTo(0.1 * Math.log(0.9 / 0.8) + 0.1 * Math.log(6), 12);
});

it('stays finite where a bucket is empty', () => {
  expect(stabilityIndex(reference, [1000, 0, 0])).toBeLessThan(10);
});

it('says nothing of fewer than 500 scores', () => {
  expect(stabilityIndex(reference, [499, 0, 0])).toBeUndefined();
});

it('takes its reference from the manifest, where there is one', () => {
  expect(referenceHistogram('{}')).toBeUndefined();
  expect(referenceHistogram(JSON.stringify({ scoreHistogram: reference }))).toEqual(reference);
});
