// The judge of the fault suite has to be able to find each kind of fault.
import { describe, expect, it } from 'vitest';
import type { DeadLetter } from '../../../src/contracts/dead-letter.ts';
import type { FraudScore } from '../../../src/contracts/fraud-score.ts';
import { judge, type Expectation, type InputRecord } from '../../faults/oracle.ts';
import type { OutputRecord } from '../../faults/rig/console-record.ts';

const TOPIC = 'in';
const input = (partition: number, offset: number, text = 'x'): InputRecord => ({
  partition,
  offset,
  value: Buffer.from(text),
});

const expected: Expectation = {
  kind: 'score',
  transactionId: 't',
  score: 0.5,
  scoreA: 0.4,
  scoreB: 0.6,
  referenceCount: 10,
  referencesMissing: 0,
};

function scoreOf(source: InputRecord, offset: number, changes: Partial<FraudScore> = {}): OutputRecord {
  const score = {
    transactionId: 't',
    score: 0.5,
    scoreA: 0.4,
    scoreB: 0.6,
    referenceCount: 10,
    referencesMissing: 0,
    sourceTopic: TOPIC,
    sourcePartition: source.partition,
    sourceOffset: source.offset,
    ...changes,
  } as FraudScore;
  return { kind: 'score', partition: source.partition, offset, readMs: 0, score };
}

function letterOf(source: InputRecord, changes: Partial<DeadLetter> = {}, payload = source.value!): OutputRecord {
  const letter = {
    sourceTopic: TOPIC,
    sourcePartition: source.partition,
    sourceOffset: String(source.offset),
    errorClass: 'truncated',
    payloadTruncated: false,
    ...changes,
  } as DeadLetter;
  return { kind: 'dead-letter', partition: source.partition, offset: 0, readMs: 0, letter, payload };
}

const inputs = [input(0, 0), input(0, 1), input(1, 0)];
const good = [scoreOf(inputs[0]!, 0), scoreOf(inputs[1]!, 3), scoreOf(inputs[2]!, 0)];
const poison = (): Expectation => ({ kind: 'dead-letter', errorClasses: ['truncated'] });

const verdictOf = (outputs: OutputRecord[], expectation = (): Expectation => expected) =>
  judge(TOPIC, inputs, outputs, expectation);

describe('the judge of the fault suite', () => {
  it('finds nothing where one right score stands for each input', () => {
    expect(verdictOf(good)).toEqual({
      ...{ records: 3, scores: 3, deadLetters: 0, lost: 0, duplicate: 0, misordered: 0, wrong: 0 },
      examples: [],
    });
  });

  it('finds an input without an outcome', () => {
    expect(verdictOf(good.slice(1))).toMatchObject({ lost: 1, duplicate: 0, wrong: 0, examples: ['lost 0:0'] });
  });

  it('finds a second score of an input', () => {
    expect(verdictOf([...good, scoreOf(inputs[1]!, 5)])).toMatchObject({ lost: 0, duplicate: 1 });
  });

  it('finds a dead letter beside a score', () => {
    expect(verdictOf([...good, letterOf(inputs[1]!)])).toMatchObject({ duplicate: 1, wrong: 1 });
  });

  it('finds scores in another order than their inputs', () => {
    const swapped = [scoreOf(inputs[0]!, 3), scoreOf(inputs[1]!, 0), good[2]!];
    expect(verdictOf(swapped)).toMatchObject({ lost: 0, misordered: 1 });
  });

  it('finds a score on another partition than its input', () => {
    expect(verdictOf([good[0]!, good[1]!, { ...good[2]!, partition: 0, offset: 9 }])).toMatchObject({ misordered: 2 });
  });

  it.each([
    ['the score', { score: 0.500002 }],
    ['one device', { scoreB: 0.7 }],
    ['a score that is no number', { score: NaN }],
    ['the id', { transactionId: 'other' }],
    ['the number of references', { referenceCount: 9 }],
    ['the number of missing references', { referencesMissing: 1 }],
  ])('finds a wrong value: %s', (_, changes) => {
    expect(verdictOf([scoreOf(inputs[0]!, 0, changes), ...good.slice(1)])).toMatchObject({ lost: 0, wrong: 1 });
  });

  it('takes a difference within the tolerance for none', () => {
    expect(verdictOf([scoreOf(inputs[0]!, 0, { score: 0.5000009 }), ...good.slice(1)])).toMatchObject({ wrong: 0 });
  });

  it('finds a score that belongs to no input', () => {
    expect(verdictOf([...good, scoreOf(input(1, 7), 1)])).toMatchObject({
      wrong: 1,
      examples: ['wrong 1:7: no such input'],
    });
  });

  it('finds a score of another topic', () => {
    expect(verdictOf([...good.slice(0, 2), scoreOf(inputs[2]!, 0, { sourceTopic: 'other' })])).toMatchObject({
      wrong: 1,
    });
  });

  it('finds a score where there should be a dead letter, and the other way round', () => {
    expect(verdictOf(good, poison)).toMatchObject({ wrong: 3 });
    expect(verdictOf(inputs.map((one) => letterOf(one)))).toMatchObject({ wrong: 3 });
  });

  it('takes a dead letter of the right class with the bytes of its input for right', () => {
    expect(
      verdictOf(
        inputs.map((one) => letterOf(one)),
        poison,
      ),
    ).toMatchObject({ deadLetters: 3, lost: 0, wrong: 0 });
  });

  it('finds a dead letter of another class or with other bytes', () => {
    const letters = [
      letterOf(inputs[0]!, { errorClass: 'malformed' }),
      letterOf(inputs[1]!, {}, Buffer.from('y')),
      letterOf(inputs[2]!),
    ];
    expect(verdictOf(letters, poison)).toMatchObject({ wrong: 2 });
  });
});
