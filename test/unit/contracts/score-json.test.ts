// Promise: a score written by hand is, character for character, what JSON.stringify would have written.
import { expect, it } from 'vitest';
import type { FraudScore } from '../../../src/contracts/fraud-score.ts';
import { scoreJson } from '../../../src/contracts/score-json.ts';
import { fraudScore } from '../../helpers/fraud-score.ts';

it.each<Partial<FraudScore>>([
  {},
  { transactionId: 'quote " backslash \\ ü 漢 \u2028 \ud800 / \u007f' },
  { modelKeyA: 'm{"}_CPU', modelKeyB: 'm{\\}' },
  { score: 1e-9, scoreA: 1e-7, amount: 1e9, time: 253_402_300_799.5, sourceOffset: 0 },
  { score: 0.123456789, fraud: false, label: 1, amount: -0, time: 1e21 },
])('JSON of a score: %j', (more) => {
  expect(scoreJson(fraudScore(more))).toBe(JSON.stringify(fraudScore(more)));
});

it('JSON of scores that name more than it remembers', () => {
  for (let index = 0; index < 600; index++) {
    const one = fraudScore({ sourceTopic: `topic-${index % 300}` });
    expect(scoreJson(one)).toBe(JSON.stringify(one));
  }
});
