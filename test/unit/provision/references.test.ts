// What provision leaves in the engine, against the embedded engine itself.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';
import { storeReferences, type ReferenceRow } from '../../../src/provision/references.ts';
import { startEngine, type RunningEngine } from '../../../src/redisai/index.ts';

const rows = (count: number): ReferenceRow[] =>
  Array.from({ length: count }, (_, index) => ({
    time: String(index >> 1),
    index,
    fields: FEATURE_NAMES.map((_name, column) => (column === 0 ? String(index >> 1) : `${index}.${column}`)),
  }));

const callsOf = (command: string, stats: string): number =>
  Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);

describe('reference transactions', () => {
  let engine: RunningEngine;
  let redis: Redis;
  beforeAll(async () => {
    engine = await startEngine({});
    redis = new Redis(engine.url, { protocol: 2 });
  });
  afterAll(async () => {
    redis.disconnect();
    await engine.stop();
  });
  beforeEach(() => redis.flushall());

  it('are a hash each, in the order of the CSV, and one set of their keys by time', async () => {
    await storeReferences(redis, 'tag', rows(1001));
    expect(await redis.dbsize()).toBe(1002);
    expect(await redis.hkeys('500_1000{tag}')).toEqual(FEATURE_NAMES);
    expect(await redis.hvals('1_2{tag}')).toEqual(rows(3)[2]!.fields);
    expect(await redis.zrange('references{tag}', '0', '2', 'WITHSCORES')).toEqual([
      '0_0{tag}',
      '0',
      '0_1{tag}',
      '0',
      '1_2{tag}',
      '1',
    ]);
  });

  it('are the same after a second run', async () => {
    await storeReferences(redis, 'tag', rows(700));
    const before = await redis.keys('*');
    expect(await storeReferences(redis, 'tag', rows(700))).toEqual({ references: 700, referencesRemoved: 0 });
    expect((await redis.keys('*')).sort()).toEqual(before.sort());
  });

  it('take the place of a key of another type', async () => {
    await redis.set('0_0{tag}', 'no hash');
    await storeReferences(redis, 'tag', rows(1));
    expect(await redis.hvals('0_0{tag}')).toEqual(rows(1)[0]!.fields);
  });

  it('that are there already are not written again: a stream that is being scored would miss them for a moment', async () => {
    await storeReferences(redis, 'tag', rows(3));
    await redis.hset('0_1{tag}', 'V1', 'other');
    await redis.hset('1_2{tag}', 'V29', 'too many');
    const before = await redis.info('commandstats');
    await storeReferences(redis, 'tag', rows(3));
    expect(await redis.hvals('0_1{tag}')).toEqual(rows(3)[1]!.fields);
    expect(await redis.hvals('1_2{tag}')).toEqual(rows(3)[2]!.fields);
    expect(callsOf('hset', await redis.info('commandstats')) - callsOf('hset', before)).toBe(2);
  });

  it('of a larger run before do not stay behind', async () => {
    await storeReferences(redis, 'tag', rows(1200));
    expect(await storeReferences(redis, 'tag', rows(10))).toEqual({ references: 10, referencesRemoved: 1190 });
    expect(await redis.dbsize()).toBe(11);
    expect(await redis.zcard('references{tag}')).toBe(10);
  });

  it('may be none', async () => {
    await storeReferences(redis, 'tag', rows(3));
    expect(await storeReferences(redis, 'tag', [])).toEqual({ references: 0, referencesRemoved: 3 });
    expect(await redis.dbsize()).toBe(0);
  });

  it('of one tag leave another tag alone', async () => {
    await storeReferences(redis, 'a', rows(3));
    await storeReferences(redis, 'b', []);
    expect(await redis.zcard('references{a}')).toBe(3);
  });

  it('with fields missing are refused', async () => {
    const short = [{ time: '0', index: 7, fields: ['0'] }];
    await expect(storeReferences(redis, 'tag', short)).rejects.toThrow('row 7: 1 fields, not 30');
  });
});
