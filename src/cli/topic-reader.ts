// Reads a topic to its end, committed records only: for commands that show what is on one.
import { randomUUID } from 'node:crypto';
import { Kafka, type Consumer, type IHeaders, type KafkaConfig } from 'kafkajs';
import { kafkaError } from '../stream/kafka/kafka-error.ts';
import { withAdmin, topicBounds } from './topics.ts';

export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
}

export interface Reading {
  /** Ends the reading: Ctrl-C, or enough was seen. */
  readonly signal: AbortSignal;
  /** Goes on with what comes until `signal` fires. */
  readonly follow?: boolean;
  /** Reads these partitions only, each from an offset on, instead of everything from the beginning. */
  readonly from?: ReadonlyMap<number, number>;
}

/**
 * Hands over each record, one at a time, in the order of its partition; over when all that was there at the start was read.
 * @throws what `onRecord` throws, and FraudstreamError where Kafka or the topic is not there
 */
export async function readTopic(
  config: KafkaConfig,
  topic: string,
  onRecord: (record: TopicRecord) => Promise<void> | void,
  { signal, follow = false, from }: Reading,
): Promise<void> {
  const unread = await unreadPartitions(config, topic, from);
  if ((unread.size === 0 && !follow) || signal.aborted) return;
  const groupId = `fraudstream-reader-${randomUUID()}`;
  const consumer = new Kafka(config).consumer({ groupId, maxWaitTimeInMs: 100 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (!follow) resolveWhenRead(consumer, unread, resolve);
      consumer.on('consumer.crash', ({ payload }) => payload.restart || reject(payload.error));
      run(consumer, signal, onRecord, reject).catch(reject);
      for (const [partition, offset] of from ?? []) consumer.seek({ topic, partition, offset: String(offset) });
    });
  } catch (error) {
    throw kafkaError(error);
  } finally {
    await consumer.disconnect();
    await withAdmin(config, (admin) => admin.deleteGroups([groupId]));
  }
}

function run(
  consumer: Consumer,
  signal: AbortSignal,
  onRecord: (record: TopicRecord) => Promise<void> | void,
  failed: (error: unknown) => void,
): Promise<void> {
  let isOver = false;
  return consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      if (isOver || signal.aborted) return;
      const { key, value, headers = {} } = message;
      try {
        const [offset, timestamp] = [Number(message.offset), Number(message.timestamp)];
        await onRecord({ partition, offset, timestamp, key, value, headers });
      } catch (error) {
        // kafkajs would hand the record over again and again.
        isOver = true;
        failed(error);
      }
    },
  });
}

/** Told of control records too, which end every partition that is written in Kafka transactions. */
function resolveWhenRead(consumer: Consumer, unread: Map<number, number>, resolve: () => void): void {
  consumer.on('consumer.end_batch_process', ({ payload: { partition, lastOffset } }) => {
    const end = unread.get(partition);
    if (end !== undefined && Number(lastOffset) + 1 >= end) unread.delete(partition);
    if (unread.size === 0) resolve();
  });
}

/** Partitions that hold something to read, with their ends. */
async function unreadPartitions(
  config: KafkaConfig,
  topic: string,
  from?: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  const bounds = await withAdmin(config, (admin) => topicBounds(admin, topic));
  const wanted = bounds.filter(({ partition }) => from === undefined || from.has(partition));
  const unread = wanted.filter(({ partition, start, end }) => Math.max(Number(start), from?.get(partition) ?? 0) < end);
  return new Map(unread.map(({ partition, end }) => [partition, Number(end)]));
}
