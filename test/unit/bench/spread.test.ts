// What is said of repeated runs.
import { describe, expect, it } from 'vitest';
import { slopeOf, spreadOf } from '../../../src/bench/spread.ts';

describe('a spread', () => {
  it('is the median with the least and the most', () => {
    expect(spreadOf([9, 1, 10])).toEqual({ median: 9, min: 1, max: 10 });
    expect(spreadOf([4, 2])).toEqual({ median: 3, min: 2, max: 4 });
  });
});

describe('a slope', () => {
  it('is the growth of the line through the points', () => {
    expect(slopeOf([[0, 5], [1, 7], [2, 9]])).toBeCloseTo(2); // prettier-ignore
    expect(slopeOf([[3, 5]])).toBe(0);
  });
});
