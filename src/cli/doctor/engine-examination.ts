// The doctor's look at the engine: each server once, then every shard that lies there.
import type { Redis } from 'ioredis';
import type { Settings } from '../../config/settings.ts';
import { shardOf, shardTags } from '../../contracts/shard-tags.ts';
import { tagSlot } from '../../core/hash-slot.ts';
import { redisAddress } from '../../core/redis-address.ts';
import { SERVER_CHECKS, SHARD_CHECKS } from '../../doctor/engine/engine-checks.ts';
import type { EnginePeer } from '../../doctor/engine/engine-peer.ts';
import { asFinding, examine, type Line } from '../../doctor/examine.ts';
import { gravest, ok } from '../../doctor/finding.ts';
import type { Reply } from '../../stream/engine/reply.ts';
import { engineAddress, withRedis } from '../redis-client.ts';

type Tell = (line: Line) => void;

/** Of a topic with so many `partitions`. Never rejects: an engine that does not answer is a line too. */
export async function examineEngine(settings: Settings, partitions: number, tell: Tell): Promise<readonly Line[]> {
  const { redisaiUrl, tag, shards, devices, lookup } = settings;
  const address = engineAddress(settings);
  /** By name, whether they are engines. */
  const servers = new Map<string, boolean>();
  const lines: Line[] = [];
  const add = (line: Line): void => void lines.push(line);
  const told = (line: Line): void => [add, tell].forEach((hear) => hear(line));
  for (const [index, shard] of shardTags(tag, shards).entries()) {
    const looking = withRedis(address, shard, async (redis) => {
      const server = nameOf(redis);
      if (shards > 1 || redisAddress(redisaiUrl).kind === 'cluster') told(placeOf(shard, server));
      const history = historyOf(index, settings, partitions);
      const peer = { ask: asking(redis), tag: shard, devices, lookup, history, now: Date.now };
      if (!servers.has(server)) servers.set(server, await isEngine(peer, told));
      // What stops the first check would only be repeated.
      if (servers.get(server)) await examine(SHARD_CHECKS, peer, told);
    });
    await looking.catch((cause: unknown) => told({ check: 'engine', ...awayFinding(cause, shard, shards) }));
  }
  return lines;
}

function historyOf(shard: number, settings: Settings, partitions: number): EnginePeer['history'] {
  const { liveHistory, groupId, shards, transactionsTopic: topic } = settings;
  if (!liveHistory) return undefined;
  const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
  return { groupId, partitions: all.filter(({ partition }) => shardOf(partition, shards) === shard) };
}

async function isEngine(peer: EnginePeer, tell: Tell): Promise<boolean> {
  const found = await examine(SERVER_CHECKS, peer, tell);
  return gravest(found.filter(({ check }) => check === SERVER_CHECKS[0]!.name)) !== 'error';
}

const asking =
  (redis: Redis): EnginePeer['ask'] =>
  (name, ...words) =>
    redis.callBuffer(name, ...words).then(
      (reply) => reply as Reply,
      (error: unknown) => error as Error,
    );

const placeOf = (shard: string, server: string): Line => ({
  check: 'shard',
  ...ok(`{${shard}}: slot ${tagSlot(shard)}, on ${server}`),
});

/** Sentinels know the master by its address only. */
const nameOf = ({ options, stream }: Redis): string =>
  options.path ??
  (options.sentinels ? `${stream.remoteAddress}:${stream.remotePort}` : `${options.host}:${options.port}`);

function awayFinding(cause: unknown, shard: string, shards: number): ReturnType<typeof asFinding> {
  const finding = asFinding(cause);
  return shards === 1 ? finding : { ...finding, message: `{${shard}}: ${finding.message}` };
}
