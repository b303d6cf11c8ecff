// Topics that are there when this resolves: a broker under load does not know at once what it has just made.
import type { ITopicConfig, Kafka } from 'kafkajs';
import { PatientAdmin } from './patient-admin.ts';

/** A topic that is there already stays as it is. @throws FraudstreamError where asking again would not help */
export async function makeTopics(kafka: Pick<Kafka, 'admin'>, topics: readonly ITopicConfig[]): Promise<void> {
  const admin = new PatientAdmin(() => kafka.admin());
  const names = topics.map(({ topic }) => topic);
  const about = names.join(', ');
  try {
    await admin.ask(about, (open) => open.createTopics({ waitForLeaders: true, topics: [...topics] }));
    // Where that had to be asked again it made nothing, and so waited for nothing.
    await admin.ask(about, (open) => open.fetchTopicMetadata({ topics: names }));
  } finally {
    await admin.close();
  }
}
