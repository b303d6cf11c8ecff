// `fraudstream scores`: the scores topic on the screen, committed records only, from its beginning.
import { randomUUID } from 'node:crypto';
import { Kafka, type KafkaConfig } from 'kafkajs';
import { decodeFraudScore, type FraudScore } from '../contracts/fraud-score.ts';
import type { CommandContext } from './command-context.ts';
import { untilAborted } from './interruption.ts';
import { kafkaConfig } from './kafka-client.ts';
import { endOffsets, withAdmin } from './topics.ts';

export async function runScores({ settings, log, signal, print }: CommandContext): Promise<undefined> {
  const config = kafkaConfig(settings, log);
  const show = (score: FraudScore): void => {
    if (score.fraud || !settings.frauds) print(settings.json ? JSON.stringify(score) : scoreLine(score));
  };
  await readScores(config, settings.scoresTopic, show, (whenRead) =>
    Promise.race([untilAborted(signal), ...(settings.follow ? [] : [whenRead])]),
  );
}

export function scoreLine({ transactionId, score, fraud, amount, label }: FraudScore): string {
  const known = label === null ? '' : label === 1 ? '  (known fraud)' : '';
  return `${score.toFixed(6)}  ${fraud ? 'FRAUD  ' : 'genuine'}  ${transactionId.padEnd(16)} ${amount.toFixed(2).padStart(10)}${known}`;
}

/** Reads in a group of its own until `until` resolves; `whenRead` resolves when all that is there now has been shown. */
async function readScores(
  config: KafkaConfig,
  topic: string,
  show: (score: FraudScore) => void,
  until: (whenRead: Promise<void>) => Promise<void>,
): Promise<void> {
  const groupId = `fraudstream-scores-${randomUUID()}`;
  const unread = await unreadPartitions(config, topic);
  const consumer = new Kafka(config).consumer({ groupId, maxWaitTimeInMs: 100 });
  const whenRead = new Promise<void>((resolve) => {
    if (unread.size === 0) resolve();
    // Told of control records too, which end every partition that is written in Kafka transactions.
    consumer.on('consumer.end_batch_process', ({ payload: { partition, lastOffset } }) => {
      const end = unread.get(partition);
      if (end !== undefined && BigInt(lastOffset) + 1n >= end) unread.delete(partition);
      if (unread.size === 0) resolve();
    });
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ message }) => {
      if (message.value !== null) show(decodeFraudScore(message.value));
      return Promise.resolve();
    },
  });
  await until(whenRead);
  await consumer.disconnect();
  await withAdmin(config, (admin) => admin.deleteGroups([groupId]));
}

/** Partitions that hold something, with their ends. */
async function unreadPartitions(config: KafkaConfig, topic: string): Promise<Map<number, bigint>> {
  const ends = await withAdmin(config, (admin) => endOffsets(admin, topic));
  return new Map([...ends.entries()].filter(([, end]) => end > 0n));
}
