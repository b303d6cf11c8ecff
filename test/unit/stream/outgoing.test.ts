// What goes to Kafka: the right topic, key and partition, and sends that a topic accepts.
import { describe, expect, it } from 'vitest';
import { decodeFraudScore } from '../../../src/contracts/fraud-score.ts';
import { sendsOf } from '../../../src/stream/kafka/outgoing.ts';
import { deadLetterOutcome, type Outcome } from '../../../src/stream/outcome.ts';
import { recordFault } from '../../../src/stream/record-fault.ts';
import type { SourceRecord } from '../../../src/stream/source-record.ts';
import { fraudScore } from '../../helpers/fraud-score.ts';

const record = (offset: number, value: Buffer | null, key: Buffer | null = Buffer.from('k')): SourceRecord => ({
  topic: 'transactions',
  partition: 3,
  offset,
  timestamp: 1,
  key,
  value,
});
const scored = (offset: number): Outcome => ({
  kind: 'score',
  record: record(offset, Buffer.alloc(1)),
  score: fraudScore({ transactionId: `t${offset}`, score: 0.5 }),
});
const letter = (value: Buffer | null, key?: Buffer): Outcome =>
  deadLetterOutcome(record(9, value, key), recordFault('decode', 'malformed', 'why'));
const TOPICS = { scoresTopic: 'scores', deadLetterTopic: 'dlt', format: 'json' } as const;

describe('outgoing messages', () => {
  it('go to the partition they came from, scores under the id of their transaction', () => {
    const [send] = sendsOf([scored(1), letter(Buffer.from('raw'))], TOPICS, 1e6, 1e5);
    expect(send!.map(({ topic }) => topic)).toEqual(['scores', 'dlt']);
    const [score] = send![0]!.messages;
    expect(score).toMatchObject({ key: 't1', partition: 3 });
    expect(decodeFraudScore(score!.value as Buffer).score).toBe(0.5);
    const [dead] = send![1]!.messages;
    expect(dead).toMatchObject({ key: Buffer.from('k'), value: Buffer.from('raw'), partition: 3 });
    expect(dead!.headers).toMatchObject({ stage: 'decode', errorClass: 'malformed', sourceOffset: '9', reason: 'why' });
  });

  it('bear the mark of their Kafka transaction at the end of each topic', () => {
    const outcomes = [scored(1), scored(2), letter(Buffer.from('raw')), letter(Buffer.from('raw'))];
    const sends = sendsOf(outcomes, TOPICS, 700, 350, 'mark').flat();
    const marked = sends.flatMap(({ topic, messages }) =>
      messages.map(({ headers }) => `${topic} ${headers?.['commit'] as string}`),
    );
    expect(marked.sort()).toEqual(['dlt mark', 'dlt undefined', 'scores mark', 'scores undefined']);
    expect(sends.findLast(({ topic }) => topic === 'scores')!.messages.at(-1)).toMatchObject({
      key: 't2',
      headers: { commit: 'mark' },
    });
  });

  it('are split into sends that fit, each message once and in order', () => {
    const outcomes = Array.from({ length: 100 }, (_, offset) => scored(offset));
    const sends = sendsOf(outcomes, TOPICS, 1000, 500);
    expect(sends.length).toBeGreaterThan(5);
    const keys = sends.flatMap((send) => send.flatMap(({ messages }) => messages.map(({ key }) => key)));
    expect(keys).toEqual(outcomes.map((_, offset) => `t${offset}`));
  });

  it('cut a dead letter that would not fit, and say so and where the whole lies', () => {
    const [send] = sendsOf([letter(Buffer.alloc(5000, 1))], TOPICS, 1e6, 1000);
    const [message] = send![0]!.messages;
    expect(message!.value).toHaveLength(999);
    expect(message!.headers).toMatchObject({ payloadBytes: '5000', payloadTruncated: 'true', sourceOffset: '9' });
  });

  it('leave out a key that alone would not fit, and keep a missing value missing', () => {
    const [send] = sendsOf([letter(null, Buffer.alloc(5000))], TOPICS, 1e6, 1000);
    expect(send![0]!.messages[0]).toMatchObject({ key: null, value: null, headers: { payloadTruncated: 'false' } });
  });
});
