// The newest records of a topic, few of each partition, for a look at them.
import type { KafkaConfig } from 'kafkajs';
import type { SourceRecord } from '../../stream/source-record.ts';
import { readTopic } from '../topic-reader.ts';
import { topicBounds, withAdmin } from '../topics.ts';

const PER_PARTITION = 20;
/** A Kafka transaction that is still open holds its records back: what has come by then must do. */
const WAIT_MS_MAX = 15_000;

/** @throws FraudstreamError TOPIC_MISSING */
export async function newestRecords(
  config: KafkaConfig,
  topic: string,
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const bounds = await withAdmin(config, (admin) => topicBounds(admin, topic));
  const from = new Map(
    bounds.map(({ partition, start, end }) => [partition, Math.max(Number(start), Number(end) - PER_PARTITION)]),
  );
  const records: SourceRecord[] = [];
  const take = (record: Omit<SourceRecord, 'topic'>): void => {
    if (records.length < PER_PARTITION * bounds.length) records.push({ topic, ...record });
  };
  await readTopic(config, topic, take, { signal: AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS_MAX)]), from });
  return records;
}
