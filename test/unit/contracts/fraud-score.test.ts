// A score is the same in both forms, and in JSON a person finds what matters first.
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { decodeFraudScore, encodeFraudScore } from '../../../src/contracts/fraud-score.ts';
import { SingleObjectCodec } from '../../../src/contracts/single-object.ts';
import { packageFile } from '../../../src/core/package-root.ts';
import { fraudScore } from '../../helpers/fraud-score.ts';

const SCORE = fraudScore({ referenceCount: 9, referencesMissing: 1 });

describe('a fraud score', () => {
  it.each(['json', 'avro'] as const)('comes back from %s as it was published', (format) => {
    expect({ ...decodeFraudScore(encodeFraudScore(SCORE, format)) }).toEqual(SCORE);
  });

  it('of the version before is read with what it did not say: the mean of both, and no reference missing', () => {
    const before = new SingleObjectCodec(readFileSync(packageFile('schemas', 'history', 'fraud-score-1.avsc'), 'utf8'));
    const filledIn = { policy: 'average', disagreement: 0, referencesMissing: 0 };
    expect({ ...decodeFraudScore(before.encode(SCORE)) }).toEqual({ ...SCORE, ...filledIn });
  });

  it('begins, as JSON, with what a person looks for', () => {
    const text = encodeFraudScore(SCORE, 'json').toString();
    expect(text).toMatch(
      /^\{"transactionId":"7_3","time":7,"amount":12\.5,"score":0\.75,"fraud":true,"threshold":0\.5,/,
    );
  });
});
