// Promise: whatever Kafka or its client says, in whatever trouble, nothing of it that is a card number, a password or a token reaches
// a log or an error that a person is shown. What an engine says: card-numbers.test.ts.
import { expect, it } from 'vitest';
import { reportError } from '../../src/cli/error-report.ts';
import { hideSecret, hideToken } from '../../src/core/known-secrets.ts';
import { kafkaUnreachable } from '../../src/core/kafka-unreachable.ts';
import type { DeadLetterErrorClass } from '../../src/contracts/dead-letter.ts';
import { asFinding } from '../../src/doctor/examine.ts';
import { DeadLetterGuard } from '../../src/stream/dead-letter-guard.ts';
import { kafkaError } from '../../src/stream/kafka/kafka-error.ts';
import { deadLetterOutcome } from '../../src/stream/outcome.ts';
import { PartitionWorker } from '../../src/stream/partition-worker.ts';
import { recordFault } from '../../src/stream/record-fault.ts';
import type { SourceRecord } from '../../src/stream/source-record.ts';
import { kafkaLogCreator } from '../../src/telemetry/kafka-log.ts';
import { createLog, type Log } from '../../src/telemetry/logger.ts';

const CARD = '4111111111111111';
// The last one is a word of our own messages, too.
const [SECRET, TOKEN, WORD] = ['hunter-2', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.', 'password'];
[SECRET, WORD].forEach(hideSecret);
hideToken(TOKEN);
const CANARIES = `record ${CARD}, AUTH ${SECRET}, Bearer ${TOKEN}, user=me ${WORD}=${WORD}`;
const SHOWN = /4111[ -]?1111[ -]?1111|hunter|eyJ|=password/;

/** As kafkajs makes them: a broker's refusal has a type, a library's own error a cause, one of several topics a list. */
const refusal = (type: string): Error => Object.assign(new Error(CANARIES), { name: 'KafkaJSProtocolError', type });
const ERRORS: readonly Error[] = [
  new Error(CANARIES),
  new Error(`retries exceeded: ${CANARIES}`, { cause: refusal('NETWORK_EXCEPTION') }),
  Object.assign(new Error(CANARIES), { name: 'KafkaJSSASLAuthenticationError' }),
  Object.assign(new Error(CANARIES), {
    name: 'KafkaJSAggregateError',
    errors: [refusal('TOPIC_AUTHORIZATION_FAILED')],
  }),
  ...['UNKNOWN_TOPIC_OR_PARTITION', 'SASL_AUTHENTICATION_FAILED', 'INVALID_TRANSACTION_TIMEOUT', 'CORRUPT_MESSAGE'].map(
    refusal,
  ),
];
const CASES = ERRORS.map((error) => ({ error, name: `${error.name} ${(error as { type?: string }).type ?? ''}` }));

function heard(): { readonly told: string[]; readonly log: Log } {
  const told: string[] = [];
  return { told, log: createLog({ level: 'debug', destination: { write: (line) => told.push(line) } }) };
}

function expectNoCanary(told: readonly string[]): void {
  expect(told.join('\n')).toMatch(/\[secret\]/);
  expect(told.join('\n')).not.toMatch(SHOWN);
}

const RECORD: SourceRecord = {
  ...{ topic: 'transactions', partition: 0, offset: 0, timestamp: 1 },
  ...{ key: Buffer.from(CARD), value: Buffer.from(CANARIES) },
};

it.each(CASES)('is told of no $name that ends a command', ({ error }) => {
  const { told, log } = heard();
  for (const shown of [kafkaUnreachable(['127.0.0.1:1'], error), kafkaError(error, 'transactions'), error]) {
    reportError(shown, (line) => told.push(line));
    log.error(shown as Error);
    log.error({ err: shown }, 'the consumer ends');
    told.push(JSON.stringify(asFinding(shown)));
  }
  expectNoCanary(told);
});

it.each(CASES)('is told of no $name for which a batch is tried again', async ({ error }) => {
  const { told, log } = heard();
  const failures = [error];
  const worker = new PartitionWorker(0, {
    partitions: {
      fence: () =>
        Promise.resolve({
          expect: () => {},
          publish: () => {
            const failure = failures.pop();
            return failure === undefined ? Promise.resolve() : Promise.reject(failure);
          },
          discard: () => Promise.resolve(),
        }),
      position: () => Promise.resolve(0),
      oldest: () => Promise.resolve(0),
      expectMsMax: 1_000,
    },
    score: (some) =>
      Promise.resolve(some.map((record) => deadLetterOutcome(record, recordFault('decode', 'no-value', CANARIES)))),
    waiting: { pause: () => Promise.resolve() },
    ...{ log, published: () => {}, retried: () => {}, batchRecordsMax: 3 },
  });
  const batch = { partition: 0, start: 0, end: 1, records: [RECORD], highWatermark: 1 };
  const ended = await worker.take(batch, new AbortController().signal).catch((failure: unknown) => failure);
  if (ended instanceof Error) reportError(ended, (line) => told.push(line));
  expectNoCanary(told);
});

it.each([1, 2, 4, 5])("is told of no line of kafkajs' log, at level %i", (level) => {
  const { told, log } = heard();
  const fields = { error: CANARIES, broker: CANARIES, groupId: 'g', topic: CANARIES, retryCount: 1, payload: CANARIES };
  kafkaLogCreator(log)(level)({ namespace: 'Connection', level, log: { message: `Response: ${CANARIES}`, ...fields } });
  expectNoCanary(told);
});

it('is told by no guard that ends a consumer for its dead letters', () => {
  const letters = Array.from({ length: 200 }, (_, index) => {
    const errorClass: DeadLetterErrorClass = index % 2 === 0 ? 'no-value' : 'operation-failed';
    return deadLetterOutcome(RECORD, recordFault('score', errorClass, CANARIES));
  });
  const { told, log } = heard();
  const error = new DeadLetterGuard({ shareMax: 0.5, windowRecords: 1000 }).published(letters)!;
  reportError(error, (line) => told.push(line));
  log.error(error);
  expect(told.join('\n')).toMatch(/100 of them/);
  expect(told.join('\n')).not.toMatch(SHOWN);
});
