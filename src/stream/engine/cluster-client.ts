// ioredis' client of a cluster: who its nodes are, and which of them holds which slot.
import { Cluster, Redis } from 'ioredis';
import { redisAddress } from '../../core/redis-address.ts';
import { engineTls, loginOf, type ClientOptions, type EngineAddress } from './engine-address.ts';

/** @param failed is told of each failure, now and later @throws why none of the nodes lets us in */
export async function connectCluster(
  address: EngineAddress,
  timeoutMs: number,
  failed: (error: Error) => void = () => {},
): Promise<Cluster> {
  const place = redisAddress(address.redisaiUrl);
  if (place.kind !== 'cluster') throw new RangeError('a server is no cluster');
  const tls = engineTls(address);
  const login = { protocol: 2, connectTimeout: timeoutMs, ...loginOf(place) } as const;
  const redisOptions = tls === undefined ? login : { ...login, tls };
  const nodes = place.nodes.map((node) => ({ ...node }));
  const cluster = new Cluster(nodes, {
    lazyConnect: true,
    // A cluster with a slot that nobody holds still scores on the others.
    enableReadyCheck: false,
    slotsRefreshTimeout: timeoutMs,
    redisOptions,
    // Certificates are for names.
    ...(tls === undefined ? {} : { dnsLookup: asItIs }),
  });
  cluster.on('error', failed).on('node error', failed);
  try {
    await cluster.connect();
    return cluster;
  } catch (error) {
    cluster.disconnect();
    throw (await reasonOf(nodes.map((node) => ({ ...redisOptions, ...node })))) ?? error;
  }
}

/** Of a cluster ioredis only says that connections were closed: a node that is asked by itself says why. */
async function reasonOf(nodes: readonly ClientOptions[]): Promise<Error | undefined> {
  const reasons = await Promise.all(nodes.map(whyNot));
  const isThere = (reason: Error | undefined): boolean => reason !== undefined && !/ECONNREFUSED/.test(reason.message);
  return reasons.find(isThere) ?? reasons[0];
}

async function whyNot(node: ClientOptions): Promise<Error | undefined> {
  const redis = new Redis({ ...node, lazyConnect: true, retryStrategy: () => null });
  let reason: Error | undefined;
  redis.on('error', (error: Error) => (reason = error));
  const refused = await redis.connect().then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  redis.disconnect();
  return reason ?? refused;
}

const asItIs = (host: string, callback: (error: null, found: string) => void): void => callback(null, host);

/** The master that holds a slot, as the cluster was last seen: its name `host:port`, and a client to be duplicated. */
export function masterOf(cluster: Cluster, slot: number): { readonly name: string; readonly redis: Redis } | undefined {
  const name = cluster.slots[slot]?.[0];
  const redis = cluster.nodes('master').find((node) => nodeName(node) === name);
  return name === undefined || redis === undefined ? undefined : { name, redis };
}

export const nodeName = ({ options }: Redis): string => `${options.host}:${options.port}`;
