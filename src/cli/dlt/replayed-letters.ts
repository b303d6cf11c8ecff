// Which dead letters were replayed: noted on a compacted topic beside theirs, in the Kafka transaction that replays them.
//   record = key "partition:offset" of the dead letter, value where it went: "topic:partition"
import { Kafka, type KafkaConfig } from 'kafkajs';
import { makeTopics } from '../../stream/kafka/make-topics.ts';
import { readTopic } from '../topic-reader.ts';
import { withAdmin } from '../topics.ts';

export interface LetterPlace {
  readonly partition: number;
  readonly offset: number;
}

export const replayedTopic = (deadLetterTopic: string): string => `${deadLetterTopic}.replayed`;

/** Places on the dead letter topic. */
export class LetterPlaces {
  readonly #offsets = new Map<number, Set<number>>();
  size = 0;

  add({ partition, offset }: LetterPlace): void {
    const known = this.#offsets.get(partition) ?? new Set();
    this.#offsets.set(partition, known);
    if (!known.has(offset)) this.size++;
    known.add(offset);
  }

  has({ partition, offset }: LetterPlace): boolean {
    return this.#offsets.get(partition)?.has(offset) ?? false;
  }
}

/** Everything that was replayed so far; nothing where nothing ever was. */
export async function readReplayed(
  config: KafkaConfig,
  deadLetterTopic: string,
  signal: AbortSignal,
): Promise<LetterPlaces> {
  const places = new LetterPlaces();
  const topic = replayedTopic(deadLetterTopic);
  const topics = await withAdmin(config, (admin) => admin.listTopics());
  if (!topics.includes(topic)) return places;
  await readTopic(
    config,
    topic,
    ({ key }) => {
      const [partition, offset] = (key?.toString() ?? '').split(':').map(Number);
      if (partition !== undefined && offset !== undefined) places.add({ partition, offset });
    },
    { signal },
  );
  return places;
}

/** One partition: what is replayed is little. Compacted, so that a note lasts longer than any dead letter. */
export function createReplayedTopic(config: KafkaConfig, deadLetterTopic: string): Promise<void> {
  const topic = replayedTopic(deadLetterTopic);
  const configEntries = [{ name: 'cleanup.policy', value: 'compact' }];
  return makeTopics(new Kafka(config), [{ topic, numPartitions: 1, configEntries }]);
}
