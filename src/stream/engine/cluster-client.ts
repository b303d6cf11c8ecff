// ioredis' client of a cluster: who its nodes are, and which of them holds which slot.
import { Cluster, type Redis } from 'ioredis';
import { redisAddress } from '../../core/redis-address.ts';
import { engineTls, loginOf, type EngineAddress } from './engine-address.ts';

/** Not connected yet. */
export function clusterClient(address: EngineAddress, timeoutMs: number): Cluster {
  const place = redisAddress(address.redisaiUrl);
  if (place.kind !== 'cluster') throw new RangeError('a server is no cluster');
  const tls = engineTls(address);
  const redisOptions = { protocol: 2, connectTimeout: timeoutMs, ...loginOf(place) } as const;
  return new Cluster(
    place.nodes.map((node) => ({ ...node })),
    {
      lazyConnect: true,
      // A cluster with a slot that nobody holds still scores on the others.
      enableReadyCheck: false,
      slotsRefreshTimeout: timeoutMs,
      redisOptions: tls === undefined ? redisOptions : { ...redisOptions, tls },
      // Certificates are for names.
      ...(tls === undefined ? {} : { dnsLookup: asItIs }),
    },
  );
}

const asItIs = (host: string, callback: (error: null, found: string) => void): void => callback(null, host);

/** The master that holds a slot, as the cluster was last seen: its name `host:port`, and a client to be duplicated. */
export function masterOf(cluster: Cluster, slot: number): { readonly name: string; readonly redis: Redis } | undefined {
  const name = cluster.slots[slot]?.[0];
  const redis = cluster.nodes('master').find((node) => nodeName(node) === name);
  return name === undefined || redis === undefined ? undefined : { name, redis };
}

export const nodeName = ({ options }: Redis): string => `${options.host}:${options.port}`;
