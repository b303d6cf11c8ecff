// Reads back what the consumer published, as any other reader would: committed records only, in a group of its own.
import { Kafka, type EachBatchPayload, type KafkaConfig, type KafkaMessage } from 'kafkajs';
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
  const names = Object.values(topics) as string[];
  const groupId = `fraudstream-demo-${process.pid}-${Date.now()}`;
  const ends = await withAdmin(config, async (admin) => {
    const offsets = await Promise.all(names.map((name) => endOffsets(admin, name)));
    for (const [index, topic] of names.entries()) {
      const partitions = offsets[index]!.map((offset, partition) => ({ partition, offset: String(offset) }));
      await admin.setOffsets({ groupId, topic, partitions });
    }
    return offsets;
  });
  const outcomes = new Outcomes(ends[0]!);
  const consumer = new Kafka(config).consumer({ groupId, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: names });
  await consumer.run({
    autoCommit: false,
    eachBatch: (payload) => {
      take(payload, topics, outcomes);
      return Promise.resolve();
    },
  });
  return {
    outcomes,
    stop: async () => {
      await consumer.disconnect();
      await withAdmin(config, (admin) => admin.deleteGroups([groupId]));
    },
  };
}

function take({ batch }: EachBatchPayload, topics: DemoTopics, outcomes: Outcomes): void {
  const { topic, partition, messages } = batch;
  const readMs = Date.now();
  for (const message of messages) {
    if (topic === topics.transactions) {
      outcomes.sent({ partition, offset: BigInt(message.offset) }, Number(message.timestamp));
    } else if (topic === topics.scores) {
      if (message.value !== null) outcomes.score(decodeFraudScore(message.value), readMs);
    } else {
      takeDeadLetter(message, topics, outcomes, readMs);
    }
  }
}

function takeDeadLetter(message: KafkaMessage, topics: DemoTopics, outcomes: Outcomes, readMs: number): void {
  const letter = parseDeadLetterHeaders(message.headers ?? {});
  if (letter?.sourceTopic !== topics.transactions) return;
  outcomes.deadLetter({ partition: letter.sourcePartition, offset: BigInt(letter.sourceOffset) }, readMs);
}
