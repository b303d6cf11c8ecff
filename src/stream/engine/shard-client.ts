// A client of the one server that holds a shard, for those whose commands are few.
import type { Redis } from 'ioredis';
import { tagSlot } from '../../core/hash-slot.ts';
import { redisAddress } from '../../core/redis-address.ts';
import { connectCluster, masterOf } from './cluster-client.ts';
import { engineClient, type ClientOptions, type EngineAddress } from './engine-address.ts';

const CONNECT_MS_MAX = 5_000;

/**
 * Of whoever holds the keys of `tag`. Not connected yet.
 * @throws Error where no node of a cluster answers, or none holds them
 */
export async function shardClient(address: EngineAddress, tag: string, options: ClientOptions): Promise<Redis> {
  if (redisAddress(address.redisaiUrl).kind !== 'cluster') return engineClient(address, options);
  const cluster = await connectCluster(address, options.connectTimeout ?? CONNECT_MS_MAX);
  try {
    const slot = tagSlot(tag);
    const master = masterOf(cluster, slot);
    if (master === undefined) throw new Error(`CLUSTERDOWN no node of the cluster holds slot ${slot} of {${tag}}`);
    return master.redis.duplicate({ ...options, lazyConnect: true });
  } finally {
    cluster.disconnect();
  }
}
