// Promise: in a cluster of real Redis servers, and behind real Sentinels, a shard follows its keys to whoever holds them now. While
// nobody does, what it asks is to be asked again; what it is answered is never another server's, nor older than it was.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referencesKey } from '../../src/contracts/engine-keys.ts';
import { tagSlot } from '../../src/core/hash-slot.ts';
import { EngineUnavailable } from '../../src/stream/engine/engine.ts';
import { KeyList } from '../../src/stream/engine/key-list.ts';
import { openEngines, type ShardEngine } from '../../src/stream/engine/open-engines.ts';
import { describeReply } from '../../src/stream/engine/reply.ts';
import { settle } from '../../src/stream/engine/settle.ts';
import { shardClient } from '../../src/stream/engine/shard-client.ts';
import { limitsOf, type StreamOptions } from '../../src/stream/options.ts';
import { makeCertificates, type Certificates } from '../helpers/certificates.ts';
import { eventually } from '../helpers/eventually.ts';
import { HistoryWriter } from '../helpers/history-writer.ts';
import { hasRedisServer, REDIS_ABSENT, RedisCluster, RedisWithSentinels } from '../helpers/redis-servers.ts';
import { streamOptions } from '../helpers/stream-options.ts';

const SHARDS = 3;
const REFERENCES = 20;
const ASKED_EVERY_MS = 10;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-topologies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** Asks a shard for its references all the time, and takes notes. */
class Asker {
  answered = 0;
  lastAnsweredMs = performance.now();
  /** Times that it was told to ask again. */
  refused = 0;
  readonly faults: string[] = [];
  #isOver = false;
  readonly #running: Promise<void>;

  constructor({ engine, tag }: ShardEngine) {
    const query = { since: 0, until: 1_000_000, limit: REFERENCES, own: 'nobody' };
    const expected = Array.from({ length: REFERENCES }, (_, index) => keyOf(tag, REFERENCES - 1 - index)).join();
    this.#running = this.#run(async () => {
      const [keys] = await settle(engine, await engine.lookUp([query]), 1, 'the references');
      const found = keys instanceof KeyList ? [...keys].map(String).join() : describeReply(keys);
      if (found !== expected) this.faults.push(`${tag}: ${found}`);
    });
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #run(ask: () => Promise<void>): Promise<void> {
    while (!this.#isOver) {
      try {
        await ask();
        this.answered++;
        this.lastAnsweredMs = performance.now();
      } catch (error) {
        if (error instanceof EngineUnavailable) this.refused++;
        else this.faults.push(String(error));
      }
      await delay(ASKED_EVERY_MS);
    }
  }
}

const keyOf = (tag: string, index: number): string => `${index}_${index}{${tag}}`;

/** References of each shard under names of its own. */
async function storeReferences(options: StreamOptions, tags: readonly string[]): Promise<void> {
  for (const tag of tags) {
    const redis: Redis = await shardClient(options, tag, { connectTimeout: 5_000 });
    await redis.connect();
    for (let index = 0; index < REFERENCES; index++) {
      await redis.hset(keyOf(tag, index), 'Time', String(index), 'of', tag);
      await redis.zadd(referencesKey(tag), index, keyOf(tag, index));
    }
    redis.disconnect();
  }
}

/** In words, what of the history is not there, or there and not whole. */
async function incomplete(
  options: StreamOptions,
  tag: string,
  { keys, next }: HistoryWriter,
): Promise<readonly string[]> {
  const redis = await shardClient(options, tag, { connectTimeout: 5_000 });
  await redis.connect();
  const members = await redis.zrange(keys.set(undefined), '0', '-1');
  const wrong = members.filter((key, index) => keys.positionOf(Buffer.from(key))?.offset !== index);
  const hashes = await Promise.all(members.map((key) => redis.hlen(key)));
  redis.disconnect();
  if (members.length !== next) return [`${members.length} members of ${next}`];
  return [...wrong, ...members.filter((_, index) => hashes[index] !== 30)];
}

describe.skipIf(!hasRedisServer)(`a cluster of six servers of Redis${REDIS_ABSENT}`, () => {
  let cluster: RedisCluster;
  let options: StreamOptions;
  let shards: readonly ShardEngine[];
  let askers: Asker[];
  let writers: HistoryWriter[];

  beforeAll(async () => {
    cluster = await RedisCluster.start(join(folder, 'cluster'), { masters: 3, replicas: 1 });
    const limits = { engineTimeoutMs: 1_000 };
    options = streamOptions({ url: `redis+cluster://${cluster.nodes}` }, { shards: SHARDS, limits });
    shards = await openEngines(options, limitsOf(options), silent);
    await storeReferences(
      options,
      shards.map(({ tag }) => tag),
    );
    askers = shards.map((shard) => new Asker(shard));
    writers = shards.map(({ engine, tag }) => new HistoryWriter(engine, tag));
    await eventually(() => writers.every(({ next }) => next >= 20));
  });
  afterAll(() => cluster.stop());

  /** All shards have been answered and have written again. */
  async function goneOn(): Promise<void> {
    const [askedMs, written] = [performance.now(), writers.map(({ next }) => next)];
    await eventually(() => askers.every(({ lastAnsweredMs }) => lastAnsweredMs > askedMs));
    await eventually(() => writers.every(({ next }, index) => next > written[index]! + 10));
  }

  it('has a shard on each master', () => {
    const masters = shards.map(({ tag }) => cluster.masterOf(tagSlot(tag)).port);
    expect(new Set(masters).size).toBe(SHARDS);
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'fails over when a master gets %s, and the shard follows',
    async (signal) => {
      const slot = tagSlot(shards[1]!.tag);
      const master = cluster.masterOf(slot);
      const [before, refused] = [shards[1]!.engine.connection, askers.map((asker) => asker.refused)];
      master.signal(signal);
      await delay(100);
      await eventually(() => askers[1]!.refused > refused[1]!);
      await goneOn();
      expect(shards[1]!.engine.connection).toBeGreaterThan(before);
      // The others had no part in it.
      expect([askers[0]!.refused, askers[2]!.refused]).toEqual([refused[0], refused[2]]);

      if (signal === 'SIGKILL') await master.restart();
      else master.signal('SIGCONT');
      await eventually(() => master.ownLine.includes('slave') && master.isInStep);
      await goneOn();
      expect(cluster.masterOf(slot).port).not.toBe(master.port);
    },
  );

  it('gives a slot to another master, key by key, and the shard follows', async () => {
    const slot = String(tagSlot(shards[0]!.tag));
    const [source, target] = [shards[0]!, shards[2]!].map(({ tag }) => cluster.masterOf(tagSlot(tag))) as [
      (typeof cluster.servers)[0],
      (typeof cluster.servers)[0],
    ];
    const [sourceId, targetId] = [source, target].map((server) => server.ask('CLUSTER', 'MYID').trim()) as [
      string,
      string,
    ];
    target.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', sourceId);
    source.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', targetId);
    const place = ['127.0.0.1', String(target.port), '', '0', '5000', 'REPLACE', 'KEYS'];
    for (;;) {
      const keys = source
        .ask('CLUSTER', 'GETKEYSINSLOT', slot, '20')
        .split('\n')
        .filter((key) => key !== '');
      if (keys.length === 0) break;
      source.ask('MIGRATE', ...place, ...keys);
      await delay(5);
    }
    for (const server of [target, source]) server.ask('CLUSTER', 'SETSLOT', slot, 'NODE', targetId);
    await goneOn();
    expect(cluster.masterOf(Number(slot)).port).toBe(target.port);
    expect(askers[0]!.refused).toBeGreaterThan(0);
  });

  it('never answered a lookup for another, nor with less than was written; and all is there', async () => {
    // On a busy machine what came before may be over sooner.
    await eventually(() => askers.every(({ answered }) => answered > 100));
    await Promise.all([...askers, ...writers].map((one) => one.stop()));
    expect(askers.flatMap(({ faults }) => faults)).toEqual([]);
    expect(writers.flatMap(({ faults }) => faults)).toEqual([]);
    for (const [index, { tag }] of shards.entries())
      expect(await incomplete(options, tag, writers[index]!)).toEqual([]);
    expect(askers.every(({ answered }) => answered > 100)).toBe(true);
    await Promise.all(shards.map(({ engine }) => engine.close()));
  });
});

describe.skipIf(!hasRedisServer)(`a master and its replica behind three Sentinels${REDIS_ABSENT}`, () => {
  let group: RedisWithSentinels;
  beforeAll(async () => {
    group = await RedisWithSentinels.start(join(folder, 'sentinels'));
  });
  afterAll(() => group.stop());

  it('fails over when the master is killed, and every shard follows', async () => {
    const options = streamOptions(group, { shards: SHARDS, limits: { engineTimeoutMs: 1_000 } });
    const shards = await openEngines(options, limitsOf(options), silent);
    await storeReferences(
      options,
      shards.map(({ tag }) => tag),
    );
    const askers = shards.map((shard) => new Asker(shard));
    const writers = shards.map(({ engine, tag }) => new HistoryWriter(engine, tag));
    await eventually(() => writers.every(({ next }) => next >= 20));
    await group.servers[0]!.kill();
    await eventually(() => askers.every(({ refused }) => refused > 0));
    const [killedMs, written] = [performance.now(), writers.map(({ next }) => next)];
    await eventually(() => askers.every(({ lastAnsweredMs }) => lastAnsweredMs > killedMs), 60_000);
    await eventually(() => writers.every(({ next }, index) => next > written[index]! + 10));
    await Promise.all([...askers, ...writers].map((one) => one.stop()));
    expect(askers.flatMap(({ faults }) => faults)).toEqual([]);
    expect(writers.flatMap(({ faults }) => faults)).toEqual([]);
    for (const [index, { tag }] of shards.entries())
      expect(await incomplete(options, tag, writers[index]!)).toEqual([]);
    await Promise.all(shards.map(({ engine }) => engine.close()));
  });
});

describe.skipIf(!hasRedisServer)(`a cluster of three servers of Redis with TLS${REDIS_ABSENT}`, () => {
  let certificates: Certificates;
  let cluster: RedisCluster;
  let options: StreamOptions;
  const pem = (file: string): string => readFileSync(file, 'utf8');

  beforeAll(async () => {
    certificates = makeCertificates(folder);
    cluster = await RedisCluster.start(join(folder, 'secure'), { masters: 3, replicas: 0, tls: certificates });
    const { ca, client } = certificates;
    const redisaiTls = { ca: pem(ca), cert: pem(client.cert), key: pem(client.key) };
    const more = { shards: SHARDS, redisaiTls, limits: { engineTimeoutMs: 2_000 } };
    options = streamOptions({ url: `rediss+cluster://${cluster.nodes}` }, more);
  });
  afterAll(() => cluster.stop());

  it('is reached by rediss+cluster://, every node of it', async () => {
    const shards = await openEngines(options, limitsOf(options), silent);
    await storeReferences(
      options,
      shards.map(({ tag }) => tag),
    );
    const askers = shards.map((shard) => new Asker(shard));
    await eventually(() => askers.every(({ answered }) => answered > 10));
    await Promise.all(askers.map((asker) => asker.stop()));
    expect(askers.flatMap(({ faults }) => faults)).toEqual([]);
    await Promise.all(shards.map(({ engine }) => engine.close()));
  });

  it.each([
    ['an authority that is not known', { ca: undefined }],
    ['no certificate of the client', { cert: undefined, key: undefined }],
  ])('is not believed, or does not believe, with %s', async (_what, absent) => {
    const poor = { ...options, redisaiTls: { ...options.redisaiTls, ...absent } };
    const opening = openEngines(poor, limitsOf(poor), silent);
    await expect(opening).rejects.toThrow(/no safe connection to the engine/);
  });
});
