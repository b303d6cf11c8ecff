// An engine for each shard: over a connection of its own to one server, or over the nodes of a cluster.
import { shardTags } from '../../contracts/shard-tags.ts';
import { tagSlot } from '../../core/hash-slot.ts';
import { redisAddress } from '../../core/redis-address.ts';
import type { StreamLimits, StreamOptions } from '../options.ts';
import type { StreamLog } from '../stream-log.ts';
import { ClusterNodes } from './cluster-nodes.ts';
import type { Engine } from './engine.ts';
import { RedisEngine } from './redis-engine.ts';
import { ShardConnection } from './shard-connection.ts';

export interface ShardEngine {
  /** Hash tag of all its keys. */
  readonly tag: string;
  readonly engine: Engine;
}

/** In the order of the shards. @throws FraudstreamError where nobody answers within the engine time-out */
export async function openEngines(
  options: StreamOptions,
  limits: StreamLimits,
  log: StreamLog,
): Promise<readonly ShardEngine[]> {
  const tags = shardTags(options.tag, options.shards);
  if (redisAddress(options.redisaiUrl).kind !== 'cluster') return openOnServer(tags, options, limits, log);
  const nodes = await ClusterNodes.open(options, limits.engineTimeoutMs, log);
  return tags.map((tag) => {
    const connection = new ShardConnection(nodes, tagSlot(tag));
    return { tag, engine: new RedisEngine(connection, { ...options, tag }, limits) };
  });
}

async function openOnServer(
  tags: readonly string[],
  options: StreamOptions,
  limits: StreamLimits,
  log: StreamLog,
): Promise<readonly ShardEngine[]> {
  const opening = tags.map((tag) => RedisEngine.open({ ...options, tag }, limits, log));
  const opened = await Promise.allSettled(opening);
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed === undefined)
    return Promise.all(opening.map(async (one, index) => ({ tag: tags[index]!, engine: await one })));
  for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
  throw failed.reason;
}
