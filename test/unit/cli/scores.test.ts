// Promise: `scores` shows what was asked for, by verdict and by score.
import { describe, expect, it } from 'vitest';
import { isWanted } from '../../../src/cli/scores.ts';
import type { FraudScore } from '../../../src/contracts/fraud-score.ts';

const score = (value: number, fraud: boolean): FraudScore => ({ score: value, fraud }) as FraudScore;

describe('scores', () => {
  it.each([
    ['everything', undefined, 0, 0.1, false, true],
    ['a fraud among frauds', 'fraud', 0, 0.7, true, true],
    ['no genuine one among frauds', 'fraud', 0, 0.9, false, false],
    ['a genuine one among those', 'genuine', 0, 0.1, false, true],
    ['no fraud among the genuine', 'genuine', 0, 0.7, true, false],
    ['a score at the bound', undefined, 0.5, 0.5, false, true],
    ['no score below the bound', undefined, 0.5, 0.49, true, false],
    ['no fraud below the bound', 'fraud', 0.9, 0.7, true, false],
  ] as const)('shows %s', (_what, only, minScore, value, fraud, shown) => {
    expect(isWanted(score(value, fraud), { only, minScore })).toBe(shown);
  });
});
