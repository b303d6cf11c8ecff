// Row 39: a cluster of three nodes and six shards. In turn a shard's slot goes to another node, a node is killed and comes back
// with its keys, and a consumer leaves, is killed or joins.
import { clusterFault } from '../rig/cluster-faults.ts';
import { EngineCluster } from '../rig/engine-cluster.ts';
import { REFERENCES } from '../rig/engine-process.ts';
import { inject, planSizes } from '../rig/injection.ts';
import type { Rig } from '../rig/rig.ts';
import { Stage, type StageOptions } from '../rig/stage.ts';
import type { Check, Row, RowOptions, RowResult } from '../row.ts';
import { finish, type RowEnd } from '../verdict.ts';

const [NODES, SHARDS, PARTITIONS] = [3, 6, 6];

export const row39: Row = {
  number: 39,
  name: 'cluster: slots moved, nodes killed, members come and go',
  promise: 'a shard whose node is away holds up its own partitions only; nothing lost, nothing twice, nothing wrong',
  run: (rig, options) => playOnCluster(rig, options, { name: 'row-39', references: REFERENCES }),
};

export interface ClusterPlay extends Pick<StageOptions, 'name' | 'make' | 'environment'> {
  /** Provisioned ones, in every shard. */
  readonly references: number;
  readonly end?: Pick<RowEnd, 'exceptions' | 'expectations'>;
  /** At what the engines hold when all is over. */
  readonly look?: (stage: Stage, cluster: EngineCluster) => Promise<readonly Check[]>;
}

export async function playOnCluster(rig: Rig, options: RowOptions, play: ClusterPlay): Promise<RowResult> {
  const { name, references, end, look = () => Promise.resolve([]) } = play;
  const { times, portion } = planSizes(options, 12, 600);
  const cluster = await EngineCluster.start(rig.folder, { name, nodes: NODES, shards: SHARDS, references });
  const stage = await Stage.open(rig, {
    ...{ ...play, random: options.random, partitions: PARTITIONS },
    environment: { REDISAI_URL: cluster.url, SHARDS: String(SHARDS), ENGINE_TIMEOUT_MS: '1000', ...play.environment },
  });
  try {
    stage.addConsumer();
    stage.addConsumer();
    const fault = (number: number): Promise<void> => clusterFault(stage, cluster, options, number);
    const recoveryMs = await inject(stage, options, { times, portion, fault });
    const result = await finish(stage, { faults: times, recoveryMs, ...end });
    const ownEnds = stage.consumers.flatMap((consumer) => consumer.ownEnds);
    const none = { words: `no consumer ended by itself (${ownEnds.length})`, holds: ownEnds.length === 0 };
    return { ...result, checks: [...result.checks, none, ...(await look(stage, cluster))] };
  } finally {
    await stage.close();
    await cluster.stop();
  }
}
