// Promise: only what a broker would end and fence is given up for having stood open too long.
import type { Kafka } from 'kafkajs';
import { expect, it } from 'vitest';
import { KafkaPartitionLog } from '../../../../src/stream/kafka/publish.ts';
import { STREAM_LIMITS } from '../../../../src/stream/options.ts';
import { NO_LOG } from '../../../../src/stream/stream-log.ts';
import { streamOptions } from '../../../helpers/stream-options.ts';

it.each([
  ['exactly-once', STREAM_LIMITS.transactionTimeoutMs / 2],
  ['at-least-once', Infinity],
] as const)('%s lets a writer wait for outcomes up to %s ms', (delivery, expectMsMax) => {
  const options = { ...streamOptions({ url: 'redis://nowhere' }), delivery };
  const log = new KafkaPartitionLog({} as unknown as Kafka, options, STREAM_LIMITS, NO_LOG, () => Promise.resolve());
  expect(log.expectMsMax).toBe(expectMsMax);
});
