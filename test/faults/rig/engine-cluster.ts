// Embedded engines as the nodes of one cluster, each a process with a folder of its own: killed and started again with its
// keys, and given each other's slots, key by key, as redis-cli's resharding does it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { shardTags } from '../../../src/contracts/shard-tags.ts';
import { SLOTS, tagSlot } from '../../../src/core/hash-slot.ts';
import { freePorts } from '../../../src/local/free-port.ts';
import { FraudstreamProcess, runFraudstream } from './fraudstream-process.ts';

interface Node {
  readonly index: number;
  readonly port: number;
  readonly id: string;
  process: FraudstreamProcess;
}

export interface ClusterPlan {
  /** Of its folder. */
  readonly name: string;
  readonly nodes: number;
  readonly shards: number;
  readonly references: number;
}

const MOVED_AT_ONCE = 100;
const MOVE_MS_MAX = 10_000;

export class EngineCluster {
  readonly shards: readonly string[];
  /** By shard, the index of the node that holds it. */
  readonly holders: number[];
  readonly #folder: string;
  readonly #nodes: Node[] = [];

  /** Provisioned, and with snapshots of it. */
  static async start(folder: string, plan: ClusterPlan): Promise<EngineCluster> {
    const cluster = new EngineCluster(join(folder, plan.name), plan);
    await cluster.#start(await freePorts(plan.nodes), plan.references);
    return cluster;
  }

  private constructor(folder: string, { nodes, shards }: ClusterPlan) {
    this.#folder = folder;
    this.shards = shardTags('tag', shards);
    this.holders = this.shards.map((tag) => Math.floor((tagSlot(tag) * nodes) / SLOTS));
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** Of the nodes, in the form that REDISAI_URL takes. */
  get url(): string {
    return `redis+cluster://${this.#nodes.map(({ port }) => `127.0.0.1:${port}`).join()}`;
  }

  async #start(ports: readonly number[], references: number): Promise<void> {
    await mkdir(this.#folder);
    const start = (index: number): number => Math.ceil((index * SLOTS) / ports.length);
    const id = (index: number): string => String(index + 1).repeat(40);
    const planned = ports.map((port, index) => ({
      ...{ id: id(index), host: '127.0.0.1', port },
      slots: [[start(index), start(index + 1) - 1]],
    }));
    await writeFile(this.#file, JSON.stringify(planned));
    ports.forEach((port, index) => this.#nodes.push({ index, port, id: id(index), process: this.#run(index) }));
    await Promise.all(this.#nodes.map(({ process }) => process.firstLine()));
    await runFraudstream({
      words: ['provision', '--references', String(references)],
      environment: { REDISAI_URL: this.url, SHARDS: String(this.shards.length) },
      logFile: join(this.#folder, 'provision.log'),
    });
    await Promise.all(this.#nodes.map((node) => this.#asked(node, (redis) => redis.save())));
  }

  get #file(): string {
    return join(this.#folder, 'nodes.json');
  }

  #run(index: number): FraudstreamProcess {
    const dir = join(this.#folder, `node-${index}`);
    return new FraudstreamProcess({
      words: ['serve', '--cluster', this.#file, '--me', String(index), '--dir', dir, '--exit-with-stdin'],
      environment: {},
      logFile: join(this.#folder, `node-${index}.log`),
    });
  }

  async kill(index: number): Promise<void> {
    await this.#nodes[index]!.process.kill();
  }

  /** With the keys of its last snapshot. */
  async restart(index: number): Promise<void> {
    const node = this.#nodes[index]!;
    node.process = this.#run(index);
    await node.process.firstLine();
  }

  /** Gives a shard's slot, with all its keys, to another node, while clients ask both. */
  async move(shard: number, to: number): Promise<void> {
    const [from, target] = [this.#nodes[this.holders[shard]!]!, this.#nodes[to]!];
    const slot = tagSlot(this.shards[shard]!);
    await this.#asked(from, (source) =>
      this.#asked(target, async (destination) => {
        await destination.cluster('SETSLOT', slot, 'IMPORTING', from.id);
        await source.cluster('SETSLOT', slot, 'MIGRATING', target.id);
        while ((await moveKeys(source, target, slot)) > 0);
        await destination.cluster('SETSLOT', slot, 'NODE', target.id);
        await source.cluster('SETSLOT', slot, 'NODE', target.id);
        await Promise.all([destination.save(), source.save()]);
      }),
    );
    for (const node of this.#nodes)
      if (node !== from && node !== target)
        await this.#asked(node, (redis) => redis.cluster('SETSLOT', slot, 'NODE', target.id));
    this.holders[shard] = to;
  }

  /** Asks the node that holds the shard. */
  askShard<Result>(shard: number, ask: (redis: Redis, tag: string) => Promise<Result>): Promise<Result> {
    return this.#asked(this.#nodes[this.holders[shard]!]!, (redis) => ask(redis, this.shards[shard]!));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map(({ process }) => process.kill()));
  }

  async #asked<Result>({ port }: Node, ask: (redis: Redis) => Promise<Result>): Promise<Result> {
    const redis = new Redis(port, '127.0.0.1', { protocol: 2, commandTimeout: 30_000 });
    try {
      return await ask(redis);
    } finally {
      redis.disconnect();
    }
  }
}

/** @returns how many there were to move */
async function moveKeys(source: Redis, target: Node, slot: number): Promise<number> {
  const keys = (await source.callBuffer('CLUSTER', 'GETKEYSINSLOT', String(slot), String(MOVED_AT_ONCE))) as Buffer[];
  if (keys.length === 0) return 0;
  const place = ['127.0.0.1', String(target.port), '', '0', String(MOVE_MS_MAX)];
  await source.call('MIGRATE', ...place, 'REPLACE', 'KEYS', ...keys);
  return keys.length;
}
