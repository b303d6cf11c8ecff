// Promise: a record that cannot be scored costs one dead letter and never its neighbours.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDeadLetterHeaders } from '../../src/contracts/dead-letter.ts';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const good = (id: string): Buffer =>
  encodeTransaction({ transactionId: id, values: Array.from({ length: 30 }, (_, i) => i / 10), label: 0 });

/** A valid record with one byte range replaced: the last 8 of the numbers are the amount's. */
function withAmount(amount: number): Buffer {
  const bytes = Buffer.from(good('amount'));
  const at = bytes.lastIndexOf(Buffer.from(new Float64Array([2.9]).buffer));
  bytes.writeDoubleLE(amount, at);
  return bytes;
}

const POISON: readonly (readonly [what: string, value: Buffer | null])[] = [
  ['nothing', null],
  ['an empty value', Buffer.alloc(0)],
  ['random bytes', Buffer.from('5f3a991700ff21', 'hex')],
  ['JSON', Buffer.from('{"amount": 12}')],
  ['a truncated record', good('cut').subarray(0, 60)],
  ['trailing bytes', Buffer.concat([good('tail'), Buffer.from([0])])],
  ['an unknown schema', Buffer.concat([Buffer.from('c3010102030405060708', 'hex'), good('x').subarray(10)])],
  ['an amount that is NaN', withAmount(NaN)],
  ['a negative amount', withAmount(-1)],
];

describeWithKafka('poison messages', () => {
  let stage: Stage;
  let consumer: Run;
  const ids = POISON.map((_, index) => `neighbour-${index}`);

  beforeAll(async () => {
    stage = new Stage('poison');
    await stage.createTopics(1);
    const provisioned = await run(['provision', '--references', '10'], stage.environment);
    expect(provisioned.status, provisioned.stderr).toBe(0);
    const producer = stage.kafka.producer();
    await producer.connect();
    const messages = POISON.flatMap(([, value], index) => [{ value }, { value: good(ids[index]!) }]);
    await producer.send({ topic: stage.transactions, messages });
    await producer.disconnect();
    consumer = new Run(['consume'], stage.environment);
  });

  afterAll(async () => {
    const { status, stderr } = await consumer.interrupt();
    expect(status, stderr).toBe(0);
  });

  it('become one dead letter each, with their bytes, their place and a reason', async () => {
    const letters = await stage.read(stage.deadLetters, POISON.length);
    expect(letters).toHaveLength(POISON.length);
    for (const [index, { value, headers }] of letters.entries()) {
      const letter = parseDeadLetterHeaders(headers);
      expect(letter, POISON[index]![0]).toMatchObject({ stage: 'decode', sourceOffset: String(2 * index) });
      expect(letter?.reason).not.toBe('');
      expect(value).toEqual(POISON[index]![1] ?? Buffer.alloc(0));
    }
  });

  it('leave their neighbours scored, in order', async () => {
    const scores = await stage.read(stage.scores, ids.length);
    expect(scores.map(({ value }) => decodeFraudScore(value).transactionId)).toEqual(ids);
  });
});
