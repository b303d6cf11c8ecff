// Promise: topics are there when they were made, however late the broker knows of them; what cannot be mended is told at once.
import { KafkaJSProtocolError, type Admin } from 'kafkajs';
import { expect, it } from 'vitest';
import { makeTopics } from '../../../../src/stream/kafka/make-topics.ts';

const refusal = (type: string, retriable: boolean): Error =>
  Object.assign(new KafkaJSProtocolError(new Error(type)), { type, retriable });

/** Fails with each of these before it answers. */
function kafka(failures: Error[]) {
  const told: string[] = [];
  const answer = (word: string) => () => {
    told.push(word);
    const failure = failures.shift();
    return failure === undefined ? Promise.resolve() : Promise.reject(failure);
  };
  const admin = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(void told.push('closed')),
    createTopics: answer('make'),
    fetchTopicMetadata: answer('look'),
  };
  return { told, kafka: { admin: () => admin as unknown as Admin } };
}

it('asks a broker again that does not know yet what it has just made', async () => {
  const late = refusal('UNKNOWN_TOPIC_OR_PARTITION', true);
  const { told, kafka: broker } = kafka([late]);
  await makeTopics(broker, [{ topic: 'a' }]);
  expect(told).toEqual(['make', 'closed', 'make', 'look', 'closed']);
});

it('gives up at once, and says why, where the user may not', async () => {
  const { told, kafka: broker } = kafka([refusal('TOPIC_AUTHORIZATION_FAILED', false)]);
  await expect(makeTopics(broker, [{ topic: 'a' }, { topic: 'b' }])).rejects.toMatchObject({
    code: 'KAFKA_ACCESS_DENIED',
    message: expect.stringContaining('(a, b)') as string,
  });
  expect(told).toEqual(['make', 'closed']);
});
