// What happens to a stream on a cluster, in turn: a shard's slot goes to another node, a node is killed and comes back with the
// keys of its last snapshot, and a consumer leaves, is killed or joins.
import { setTimeout as delay } from 'node:timers/promises';
import { shardOf } from '../../../src/contracts/shard-tags.ts';
import type { RowOptions } from '../row.ts';
import type { EngineCluster } from './engine-cluster.ts';
import { someConsumer } from './injection.ts';
import { CHUNK } from './input.ts';
import type { Stage } from './stage.ts';

/** At least, so that the consumers have asked in vain. */
const AWAY_MS = 1_000;

/** `number` counts from 1. */
export function clusterFault(stage: Stage, cluster: EngineCluster, options: RowOptions, number: number): Promise<void> {
  return FAULTS[number % FAULTS.length]!(stage, cluster, options);
}

async function moveSlot(_stage: Stage, cluster: EngineCluster, { random }: RowOptions): Promise<void> {
  const shard = random.whole(0, cluster.shards.length - 1);
  const steps = random.whole(1, cluster.size - 1);
  await cluster.move(shard, (cluster.holders[shard]! + steps) % cluster.size);
}

/** Where the others do not go on meanwhile, the row does not hold. */
async function killNode(stage: Stage, cluster: EngineCluster, { random }: RowOptions): Promise<void> {
  const node = random.whole(0, cluster.size - 1);
  await cluster.kill(node);
  await stage.feed.write(stage.partitions * CHUNK);
  const isElsewhere = (partition: number): boolean =>
    cluster.holders[shardOf(partition, cluster.shards.length)] !== node;
  const others = Array.from({ length: stage.partitions }, (_, partition) => partition).filter(isElsewhere);
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
  if (chance < 0.3 && stage.consumers.length < stage.partitions + 1) {
    stage.addConsumer();
    return;
  }
  const slot = await someConsumer(stage, options);
  await (chance < 0.65 ? slot.kill() : slot.terminate({ restart: true }));
}

const FAULTS = [moveSlot, killNode, changeMembers];
