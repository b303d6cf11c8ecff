// The nodes of a cluster. ioredis finds them, keeps the map of slots and makes each connection; every node that is used has one
// pipeline, which the shards on it share.
import type { Cluster, Redis } from 'ioredis';
import { messageOf } from '../../core/errors.ts';
import type { StreamLog } from '../stream-log.ts';
import { connectCluster, masterOf, nodeName } from './cluster-client.ts';
import type { EngineAddress } from './engine-address.ts';
import { connectionOptions, notReached } from './engine-connection.ts';
import { PipelinedConnection } from './pipelined-connection.ts';

interface Node {
  readonly connection: PipelinedConnection;
  /** Resolves when it is connected for the first time, or has failed to. */
  readonly tried: Promise<void>;
}

export class ClusterNodes {
  readonly #cluster: Cluster;
  readonly #timeoutMs: number;
  readonly #log: StreamLog;
  /** By name, `host:port`. */
  readonly #nodes = new Map<string, Node>();
  #isClosed = false;

  /** @throws FraudstreamError where none of the nodes of `address` answers within `timeoutMs` */
  static async open(address: EngineAddress, timeoutMs: number, log: StreamLog): Promise<ClusterNodes> {
    const failed = (error: Error): void => log.debug({ reason: messageOf(error) }, 'a node of the cluster failed');
    const cluster = await connectCluster(address, timeoutMs, failed).catch((error: unknown) => {
      throw notReached(address, error);
    });
    return new ClusterNodes(cluster, timeoutMs, log);
  }

  private constructor(cluster: Cluster, timeoutMs: number, log: StreamLog) {
    this.#cluster = cluster;
    this.#timeoutMs = timeoutMs;
    this.#log = log;
    cluster.on('refresh', () => this.#closeUnused());
  }

  /** Who held the slot when the cluster was last seen, where we are connected to it. */
  known(slot: number): PipelinedConnection | undefined {
    return this.#nodeOf(slot)?.connection;
  }

  /** The same, connected to first where nobody was yet. */
  async holding(slot: number): Promise<PipelinedConnection | undefined> {
    const master = this.known(slot) === undefined ? masterOf(this.#cluster, slot) : undefined;
    if (master !== undefined && !this.#isClosed) this.#open(master.name, master.redis);
    await this.#nodeOf(slot)?.tried;
    return this.known(slot);
  }

  /** Has the map of slots looked at anew; where no known node answers, beginning at the addresses that were given. */
  refresh(): void {
    if (this.#isClosed || this.#cluster.status !== 'ready') return;
    this.#cluster.refreshSlotsCache((error) => {
      if (error && !this.#isClosed && this.#cluster.status === 'ready') this.#cluster.disconnect(true);
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { connection } of this.#nodes.values()) connection.close();
    this.#nodes.clear();
    this.#cluster.disconnect();
  }

  #nodeOf(slot: number): Node | undefined {
    return this.#nodes.get(this.#cluster.slots[slot]?.[0] ?? '');
  }

  #open(name: string, pooled: Redis): void {
    const redis = pooled.duplicate(connectionOptions(this.#timeoutMs));
    redis.on('error', (error: unknown) =>
      this.#log.debug({ node: name, reason: messageOf(error) }, 'the connection to a node of the cluster failed'),
    );
    const connection = new PipelinedConnection(redis, this.#timeoutMs, this.#log);
    this.#nodes.set(name, { connection, tried: firstTry(redis, this.#timeoutMs) });
  }

  #closeUnused(): void {
    const masters = new Set(this.#cluster.nodes('master').map(nodeName));
    for (const [name, { connection }] of this.#nodes) {
      if (masters.has(name)) continue;
      this.#nodes.delete(name);
      connection.close();
    }
  }
}

function firstTry(redis: Redis, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(deadline);
      redis.off('ready', done).off('close', done);
      resolve();
    };
    const deadline = setTimeout(done, timeoutMs);
    redis.on('ready', done).on('close', done);
    // It is tried again until it succeeds or the connection is closed.
    redis.connect().catch(() => {});
  });
}
