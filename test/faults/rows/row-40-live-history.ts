// Row 40: live history in the shards of a cluster, under the faults of row 39. A node that comes back has lost what was written
// since its last snapshot.
import { Redis } from 'ioredis';
import { shardOf } from '../../../src/contracts/shard-tags.ts';
import { historyScores, type HistoryDefinition } from '../../helpers/history-recomputation.ts';
import { historyFaults } from '../../helpers/history-remains.ts';
import type { Expectation, InputRecord } from '../oracle.ts';
import type { EngineCluster } from '../rig/engine-cluster.ts';
import { sampleTransactions } from '../rig/input.ts';
import { NONSENSE, PoisonMix, UNREADABLE } from '../rig/poison.ts';
import type { Stage } from '../rig/stage.ts';
import type { Check, Row } from '../row.ts';
import { playOnCluster } from './row-39-cluster.ts';

const DEFINITION: HistoryDefinition = { recordsMax: 300, windowSeconds: 172_800, referencesMax: 10 };
const POISON_ONE_IN = 20;
/** Of a Kafka transaction of the suite: what goes, goes with the next batch. */
const BATCH_RECORDS_MAX = 25;

export const row40: Row = {
  number: 40,
  name: 'live history in a cluster: slots moved, nodes killed, members come and go',
  promise: 'every score is the one that the topics alone tell, and the engines keep what they should and no more',
  run(rig, options) {
    const poison = new PoisonMix([...UNREADABLE, ...NONSENSE], options.random);
    return playOnCluster(rig, options, {
      ...{ name: 'row-40', references: 0 },
      make: poison.among(sampleTransactions(options.random), POISON_ONE_IN),
      environment: { LIVE_HISTORY: 'true', HISTORY_RECORDS_MAX: String(DEFINITION.recordsMax) },
      end: {
        exceptions: poison.exceptions,
        expectations: (inputs) => recomputed(rig.engine.url, inputs),
      },
      look: lookAtRemains,
    });
  },
};

/** By an engine that had no part in it. */
async function recomputed(url: string, inputs: readonly InputRecord[]): Promise<ReadonlyMap<InputRecord, Expectation>> {
  const redis = new Redis(url, { protocol: 2 });
  try {
    const scores = await historyScores(redis, 'tag', inputs.filter(hasValue), DEFINITION);
    const expected = [...scores].map(([input, score]) => [input, { kind: 'score', referencesMissing: 0, ...score }]);
    return new Map(expected as [InputRecord, Expectation][]);
  } finally {
    redis.disconnect();
  }
}

const hasValue = (input: InputRecord): input is InputRecord & { value: Buffer } => input.value !== null;

async function lookAtRemains(stage: Stage, cluster: EngineCluster): Promise<readonly Check[]> {
  const faults: string[] = [];
  for (let partition = 0; partition < stage.partitions; partition++)
    faults.push(
      ...(await cluster.askShard(shardOf(partition, cluster.shards.length), (redis, tag) =>
        historyFaults(redis, { tag, topic: stage.transactions, partition }, DEFINITION.recordsMax + BATCH_RECORDS_MAX),
      )),
    );
  const words = `hashes and members belong together, and no more is kept (${faults.slice(0, 3).join('; ') || 'all do'})`;
  return [{ words, holds: faults.length === 0 }];
}
