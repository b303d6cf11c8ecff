// Row 19: the topic of the scores is gone when the first of them have to be written, or is narrower than that of the transactions.
import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTION = 500;
const SEEN_MS_MAX = 60_000;
/** Until brokers know of a topic that is made or deleted. */
const SETTLED_MS = 1_000;

export const row19: Row = {
  number: 19,
  name: 'topic of the scores deleted, then one too narrow',
  promise: 'the consumer stops, names the topic, and commits no offset',
  async run(rig, { random }) {
    const stage = await Stage.open(rig, { name: 'row-19', random });
    const narrow = 'row-19.narrow';
    try {
      const topics = [{ topic: narrow, numPartitions: 1 }];
      // Asked for its leader at once, a broker may not know the topic yet, and kafkajs gives up.
      await stage.withAdmin((admin) => admin.createTopics({ waitForLeaders: false, topics }));
      await delay(SETTLED_MS);
      const refused = stage.addConsumer({ SCORES_TOPIC: narrow });
      await stage.until(() => refused.ownEnds.length > 0, 'the consumer refusing', SEEN_MS_MAX);
      await refused.stop();
      const slot = stage.addConsumer();
      await stage.until(() => slot.process.isScoring, 'a consumer that scores');
      await stage.withAdmin((admin) => admin.deleteTopics({ topics: [stage.scores] }));
      await delay(SETTLED_MS);
      await stage.feed.write(PORTION);
      await stage.until(() => slot.ownEnds.length > 0, 'the consumer stopping', SEEN_MS_MAX);
      const committed = await committedOffsets(stage);
      await stage.reader.restart();
      const ends = [refused.ownEnds[0]!, slot.ownEnds[0]!];
      return await finish(stage, {
        faults: 2,
        checks: [
          {
            words: `both ended with an error (${ends.map(({ code }) => code).join(', ')})`,
            holds: ends.every(isError),
          },
          { words: 'it named the narrow topic', holds: ends[0]!.lastWords.includes(narrow) },
          { words: 'it named the missing topic', holds: ends[1]!.lastWords.includes(stage.scores) },
          { words: `no offset was committed meanwhile (${committed})`, holds: committed === 0 },
        ],
        notes: ['started again, `consume` makes the missing topic and goes on'],
      });
    } finally {
      await stage.close();
    }
  },
};

const isError = ({ code }: { readonly code: number | null }): boolean => code !== 0 && code !== null;

/** Partitions for which the group has committed anything beyond the beginning. */
async function committedOffsets(stage: Stage): Promise<number> {
  const topics = await stage.withAdmin((admin) =>
    admin.fetchOffsets({ groupId: stage.group, topics: [stage.transactions] }),
  );
  return topics.flatMap(({ partitions }) => partitions).filter(({ offset }) => Number(offset) > 0).length;
}
