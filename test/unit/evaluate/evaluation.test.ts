// Scores as they come, repeated, unlabelled, of another model: what counts and what does not.
import { describe, expect, it } from 'vitest';
import { Evaluation } from '../../../src/evaluate/evaluation.ts';
import { scoreFault } from '../../../src/evaluate/scored-transaction.ts';

const source = { sourceTopic: 'transactions', sourcePartition: 0, modelDigest: 'a' };

describe('an evaluation', () => {
  it('counts a transaction once that the same model scored twice, and again for another model', () => {
    const evaluation = new Evaluation();
    for (const sourceOffset of [0, 1, 0, 1, 2]) evaluation.add({ score: 0.5, label: 1, ...source, sourceOffset });
    evaluation.add({ score: 0.5, label: 1, ...source, sourceOffset: 1, modelDigest: 'b' });
    expect(evaluation.report()).toMatchObject({ scores: 4, duplicates: 2, models: { a: 3, b: 1 } });
  });

  it('takes scores that name no source as they are', () => {
    const evaluation = new Evaluation();
    for (let copy = 0; copy < 3; copy++) evaluation.add({ score: 0.5, label: 0 });
    expect(evaluation.report()).toMatchObject({
      scores: 3,
      duplicates: 0,
      latencyMs: undefined,
      scoredBetween: undefined,
    });
  });

  it('leaves unlabelled scores out of the figures, and nothing else', () => {
    const evaluation = new Evaluation();
    evaluation.add({ score: 0.9, label: 1, sourceTimestamp: 1000, scoredAt: 1010 });
    evaluation.add({ score: 0.1, label: null, sourceTimestamp: 1000, scoredAt: 1030 });
    evaluation.add({ score: 0.2, label: 0, sourceTimestamp: 2000, scoredAt: 2010 });
    const { labelled, scores, quality, latencyMs, ratePerSecond } = evaluation.report();
    expect({ labelled, scores, frauds: quality.frauds, genuine: quality.genuine }).toEqual({
      labelled: 2,
      scores: 3,
      frauds: 1,
      genuine: 1,
    });
    expect(latencyMs!.p99).toBeCloseTo(30, 0);
    expect(ratePerSecond).toBe(2);
  });

  it('judges by the threshold that most scores name, unless told another', () => {
    const scores = [0.3, 0.4, 0.4].map((threshold) => ({ score: 0.35, label: 1, threshold }));
    const [told, untold] = [new Evaluation({ threshold: 0.1 }), new Evaluation()];
    for (const score of scores) {
      told.add(score);
      untold.add(score);
    }
    expect(untold.report().quality.atThreshold).toMatchObject({ threshold: 0.4, falseNegatives: 3 });
    expect(told.report().quality.atThreshold).toMatchObject({ threshold: 0.1, truePositives: 3 });
  });

  it('tells drift of the scores of the model that the reference is of', () => {
    const reference = { digests: ['a'], bounds: [0.25, 0.5, 0.75, 1], counts: [0.9, 0.05, 0.03, 0.02] };
    const evaluation = new Evaluation({ reference });
    expect(evaluation.report().psi).toBeUndefined();
    const counts = [800, 100, 50, 50];
    counts.forEach((count, bin) => {
      for (let copy = 0; copy < count; copy++) evaluation.add({ score: bin / 4 + 0.1, modelDigest: 'a' });
    });
    evaluation.add({ score: 1, modelDigest: 'b' });
    expect(evaluation.report().psi).toBeCloseTo(0.08414089702518007, 12);
  });
});

describe('a score', () => {
  it.each([
    [{ score: 1.2 }, 'its score is not a number from 0 to 1'],
    [{}, 'its score is not a number from 0 to 1'],
    [{ score: 0.5, label: 2 }, 'its label is not 0, 1 or null'],
    [{ score: 0.5, scoredAt: 'now' }, 'its scoredAt is not a number'],
    [[0.5], 'it is no JSON object'],
    [null, 'it is no JSON object'],
    [{ score: 0.5, label: null }, undefined],
  ])('%j: %s', (value, fault) => {
    expect(scoreFault(value)).toBe(fault);
  });
});
