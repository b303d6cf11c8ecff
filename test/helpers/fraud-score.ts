// A whole score, for tests that care for some of its fields.
import type { FraudScore } from '../../src/contracts/fraud-score.ts';

export const fraudScore = (more: Partial<FraudScore>): FraudScore => ({
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
