// The scores topic from its beginning, for those who show scores and those who judge them.
import type { KafkaConfig } from 'kafkajs';
import { readTopic } from './topic-reader.ts';

export interface ScoreTopicOptions {
  readonly topic: string;
  /** Goes on with what comes until `signal` aborts; otherwise ends where the topic ends now. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** Hands each value to `take`. @throws what `take` throws, FraudstreamError TOPIC_MISSING, KAFKA_UNREACHABLE */
export function readScoreTopic(
  config: KafkaConfig,
  { topic, follow, signal }: ScoreTopicOptions,
  take: (value: Buffer) => void,
): Promise<void> {
  const onRecord = ({ value }: { readonly value: Buffer | null }): void => {
    if (value !== null) take(value);
  };
  return readTopic(config, topic, onRecord, { signal, follow });
}
