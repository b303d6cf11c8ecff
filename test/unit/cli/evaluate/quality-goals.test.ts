// --fail-under: every figure it can name, what it says of one that was missed, and of one that is none.
import { describe, expect, it } from 'vitest';
import { missedGoals, parseQualityGoals } from '../../../../src/cli/evaluate/quality-goals.ts';
import { LabelledScores } from '../../../../src/evaluate/labelled-scores.ts';
import { qualityOf } from '../../../../src/evaluate/quality.ts';

/** Four alerts at 0.5, three of them frauds; one fraud below. */
function missedOf(...items: string[]): readonly string[] {
  const held = new LabelledScores();
  for (const [score, fraud] of [
    [0.9, true],
    [0.8, true],
    [0.7, false],
    [0.6, true],
    [0.3, true],
    [0.2, false],
  ] as const)
    held.add(score, fraud);
  const ranked = held.ranked();
  return missedGoals(parseQualityGoals(items), qualityOf(ranked, 0.5), ranked);
}

describe('--fail-under', () => {
  it('passes what is reached, to the last digit', () => {
    expect(missedOf('recall=0.75', 'precision=.75', 'f1=0.75', 'recall@1=0.5', 'auc=0.7', 'ap=0.8')).toEqual([]);
  });

  it('names each figure that was missed, with its value', () => {
    expect(missedOf('recall=0.8', 'recall@1=0.6', 'auc=0.5')).toEqual([
      'recall is 0.7500, below 0.8',
      'recall@1 is 0.5000, below 0.6',
    ]);
    expect(missedOf('recall-at-alert-rate@0.34=0.6')).toEqual(['recall-at-alert-rate@0.34 is 0.5000, below 0.6']);
  });

  it('misses what cannot be told', () => {
    const ranked = new LabelledScores().ranked();
    expect(missedGoals(parseQualityGoals(['auc=0', 'recall@0.8=0']), qualityOf(ranked, 0.5), ranked)).toHaveLength(2);
  });

  it.each([
    ['recal=0.5', /did you mean 'recall'\?/],
    ['presicion=0.5', /did you mean 'precision'\?/],
    ['recal@0.8=0.5', /did you mean 'recall@'\?/],
    ['constructor=0.5', /is no figure/],
    ['psi=0.1', /one of: auc, ap/],
    ['auc', /not a figure and a number/],
    ['auc=high', /not a figure and a number/],
    ['auc=1.5', /not a figure and a number/],
    ['recall@2=0.5', /not a figure and a number/],
  ])('refuses %s before anything is read', (item, words) => {
    expect(() => parseQualityGoals([item])).toThrow(words);
  });
});
