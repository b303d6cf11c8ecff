// Promise: a score written by hand is, character for character, what JSON.stringify would have written.
import { expect, it } from 'vitest';
import type { FraudScore } from '../../../src/contracts/fraud-score.ts';
import { scoreJson } from '../../../src/contracts/score-json.ts';

const score = (more: Partial<FraudScore>): FraudScore => ({
  transactionId: '7_3',
  time: 7,
  amount: 12.5,
  score: 0.75,
  fraud: true,
  threshold: 0.5,
  policy: 'average',
  deviceA: 'CPU',
  scoreA: 0.5,
  modelKeyA: 'm{tag}_CPU',
  deviceB: 'CPU:1',
  scoreB: 1,
  modelKeyB: 'm{tag}_CPU:1',
  disagreement: 0.5,
  modelDigest: 'ab'.repeat(32),
  referenceCount: 10,
  referencesMissing: 0,
  sourceTopic: 'transactions',
  sourcePartition: 3,
  sourceOffset: 2 ** 40,
  sourceTimestamp: 1_699_999_999_990,
  scoredAt: 1_700_000_000_000,
  label: null,
  ...more,
});

it.each<Partial<FraudScore>>([
  {},
  { transactionId: 'quote " backslash \\ ü 漢 \u2028 \ud800 / \u007f' },
  { modelKeyA: 'm{"}_CPU', modelKeyB: 'm{\\}' },
  { score: 1e-9, scoreA: 1e-7, amount: 1e9, time: 253_402_300_799.5, sourceOffset: 0 },
  { score: 0.123456789, fraud: false, label: 1, amount: -0, time: 1e21 },
])('JSON of a score: %j', (more) => {
  expect(scoreJson(score(more))).toBe(JSON.stringify(score(more)));
});

it('JSON of scores that name more than it remembers', () => {
  for (let index = 0; index < 600; index++) {
    const one = score({ sourceTopic: `topic-${index % 300}` });
    expect(scoreJson(one)).toBe(JSON.stringify(one));
  }
});
