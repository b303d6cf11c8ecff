// Row 39: a cluster of three nodes and six shards. In turn a shard's slot goes to another node, a node is killed and comes back
// with its keys, and a consumer leaves, is killed or joins.
import { setTimeout as delay } from 'node:timers/promises';
import { shardOf } from '../../../src/contracts/shard-tags.ts';
import { EngineCluster } from '../rig/engine-cluster.ts';
import { inject, planSizes, someConsumer } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row, RowOptions } from '../row.ts';
import { finish } from '../verdict.ts';

const [NODES, SHARDS, PARTITIONS] = [3, 6, 6];
/** At least, so that the consumers have asked in vain. */
const AWAY_MS = 1_000;

export const row39: Row = {
  number: 39,
  name: 'cluster: slots moved, nodes killed, members come and go',
  promise: 'a shard whose node is away holds up its own partitions only; nothing lost, nothing twice, nothing wrong',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 12, 600);
    const cluster = await EngineCluster.start(rig.folder, NODES, SHARDS);
    const stage = await Stage.open(rig, {
      name: 'row-39',
      random: options.random,
      partitions: PARTITIONS,
      environment: { REDISAI_URL: cluster.url, SHARDS: String(SHARDS), ENGINE_TIMEOUT_MS: '1000' },
    });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const faults = [moveSlot, killNode, changeMembers];
      const fault = (number: number): Promise<void> => faults[number % faults.length]!(stage, cluster, options);
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      const ownEnds = stage.consumers.flatMap((consumer) => consumer.ownEnds);
      return await finish(stage, {
        faults: times,
        recoveryMs,
        checks: [{ words: `no consumer ended by itself (${ownEnds.length})`, holds: ownEnds.length === 0 }],
      });
    } finally {
      await stage.close();
      await cluster.stop();
    }
  },
};

async function moveSlot(_stage: Stage, cluster: EngineCluster, { random }: RowOptions): Promise<void> {
  const shard = random.whole(0, SHARDS - 1);
  const steps = random.whole(1, NODES - 1);
  await cluster.move(shard, (cluster.holders[shard]! + steps) % NODES);
}

/** Where the others do not go on meanwhile, the row does not hold. */
async function killNode(stage: Stage, cluster: EngineCluster, { random }: RowOptions): Promise<void> {
  const node = random.whole(0, NODES - 1);
  await cluster.kill(node);
  await stage.feed.write(PARTITIONS * 125);
  const isElsewhere = (partition: number): boolean => cluster.holders[shardOf(partition, SHARDS)] !== node;
  const others = Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(isElsewhere);
  await stage.until(
    () => others.every((partition) => stage.progress.isDrained(partition)),
    `partitions ${others.join(', ')} going on while node ${node} is away`,
  );
  await delay(AWAY_MS);
  await cluster.restart(node);
}

/** One leaves or dies and is started again; now and then another one joins and stays. */
async function changeMembers(stage: Stage, _cluster: EngineCluster, options: RowOptions): Promise<void> {
  const chance = options.random.uniform();
  if (chance < 0.3 && stage.consumers.length < PARTITIONS + 1) {
    stage.addConsumer();
    return;
  }
  const slot = await someConsumer(stage, options);
  await (chance < 0.65 ? slot.kill() : slot.terminate({ restart: true }));
}
