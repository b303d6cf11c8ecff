// Reads back what the consumer published, as any other reader would: committed records only, in a group of its own.
import { Kafka, type Consumer, type EachBatchPayload, type KafkaConfig, type KafkaMessage } from 'kafkajs';
import { parseDeadLetterHeaders } from '../../contracts/dead-letter.ts';
import { decodeFraudScore } from '../../contracts/fraud-score.ts';
import { endOffsets, withAdmin } from '../topics.ts';
import { Outcomes } from './outcomes.ts';

export interface DemoTopics {
  readonly transactions: string;
  readonly scores: string;
  readonly deadLetters: string;
}

export interface OutcomeReader {
  readonly outcomes: Outcomes;
  stop(): Promise<void>;
}

/** From where the topics end now. */
export async function startOutcomeReader(config: KafkaConfig, topics: DemoTopics): Promise<OutcomeReader> {
  const names = [topics.scores, topics.deadLetters];
  const groupId = `fraudstream-demo-${process.pid}-${Date.now()}`;
  const [from, ...ends] = await withAdmin(config, (admin) =>
    Promise.all([topics.transactions, ...names].map((name) => endOffsets(admin, name))),
  );
  const outcomes = new Outcomes(from!);
  const consumer = new Kafka(config).consumer({ groupId, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: names, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: (payload) => {
      take(payload, topics, outcomes);
      return Promise.resolve();
    },
  });
  seekToEnds(consumer, names, ends);
  return {
    outcomes,
    stop: async () => {
      await consumer.disconnect();
      await withAdmin(config, (admin) => admin.deleteGroups([groupId]));
    },
  };
}

/** What was there before is no outcome of this replay; read by mistake it would not count, only take time. */
function seekToEnds(consumer: Consumer, topics: readonly string[], ends: readonly (readonly bigint[])[]): void {
  for (const [index, topic] of topics.entries()) {
    for (const [partition, end] of ends[index]!.entries()) {
      if (end > 0n) consumer.seek({ topic, partition, offset: String(end) });
    }
  }
}

function take({ batch }: EachBatchPayload, topics: DemoTopics, outcomes: Outcomes): void {
  const readMs = Date.now();
  for (const message of batch.messages) {
    if (batch.topic === topics.deadLetters) takeDeadLetter(message, topics, outcomes, readMs);
    else if (message.value !== null) outcomes.score(decodeFraudScore(message.value), readMs);
  }
}

function takeDeadLetter(message: KafkaMessage, topics: DemoTopics, outcomes: Outcomes, readMs: number): void {
  const letter = parseDeadLetterHeaders(message.headers ?? {});
  if (letter?.sourceTopic !== topics.transactions) return;
  const position = { partition: letter.sourcePartition, offset: BigInt(letter.sourceOffset) };
  outcomes.deadLetter(position, Number(letter.sourceTimestamp), readMs);
}
