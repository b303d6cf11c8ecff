// Promise: the demo counts each transaction of its own replay once, and shows what it counted.
import { describe, expect, it } from 'vitest';
import { Outcomes } from '../../../src/cli/demo/outcomes.ts';
import { demoReport, summaryLines } from '../../../src/cli/demo/summary.ts';
import { median } from '../../../src/core/median.ts';
import type { FraudScore } from '../../../src/contracts/fraud-score.ts';

const scoreAt = (sourceOffset: number, score: number, label: number | null = 0): FraudScore =>
  ({ sourcePartition: 0, sourceOffset, sourceTimestamp: 1000, score, fraud: score >= 0.5, label }) as FraudScore;

function threeOfFour(): Outcomes {
  const outcomes = new Outcomes([10n]);
  outcomes.score(scoreAt(10, 0.1), 1010);
  outcomes.score(scoreAt(11, 0.9, 1), 1020);
  outcomes.deadLetter({ partition: 0, offset: 12n }, 1000, 1030);
  return outcomes;
}

describe('outcomes', () => {
  it('count scores, dead letters and what is missing', () => {
    expect(demoReport(threeOfFour(), 4, 1000)).toMatchObject({
      transactions: 4,
      scored: 2,
      deadLettered: 1,
      missing: 1,
      duplicates: 0,
      seconds: 0.03,
      ratePerSecond: 100,
      latencyMs: { p50: 20, p99: 30 },
    });
  });

  it('count a transaction that comes out twice once, and tell', () => {
    const outcomes = threeOfFour();
    outcomes.score(scoreAt(10, 0.1), 1040);
    outcomes.deadLetter({ partition: 0, offset: 11n }, 1000, 1040);
    expect(outcomes).toMatchObject({ scored: 2, deadLettered: 1, duplicates: 2 });
  });

  it('leave out what was on the topic before the replay, and unknown partitions', () => {
    const outcomes = threeOfFour();
    outcomes.score(scoreAt(9, 0.5), 1040);
    outcomes.deadLetter({ partition: 7, offset: 10n }, 1000, 1040);
    expect(outcomes.distinct).toBe(3);
  });

  it('are split by label, genuine first', () => {
    const { labels } = demoReport(threeOfFour(), 4, 1000);
    expect(labels).toEqual([
      { label: 'genuine', count: 1, medianScore: 0.1, flagged: 0 },
      { label: 'fraud', count: 1, medianScore: 0.9, flagged: 1 },
    ]);
  });

  it('of nothing are shown without a number that is none', () => {
    const report = demoReport(new Outcomes([0n]), 5, 1000);
    const context = { threshold: 0.5, scoresTopic: 's', delivery: 'exactly-once', paced: true };
    const text = summaryLines(report, { ...context, consoleConsumer: 'c', staysUp: true }).join('\n');
    expect(text).toContain('5 transactions: 0 scored, 0 dead-lettered, 5 missing');
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('have a median', () => {
    expect([[], [3], [1, 9], [5, 1, 3]].map(median)).toEqual([0, 3, 5, 3]);
  });
});
