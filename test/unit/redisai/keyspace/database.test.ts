// Promise: a database forgets what expired, counts its memory to the byte, and tells those who watch or wait.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../../src/redisai/keyspace/database.ts';
import { HashValue } from '../../../../src/redisai/keyspace/hash-value.ts';
import { Keyspace } from '../../../../src/redisai/keyspace/keyspace.ts';
import { ListValue } from '../../../../src/redisai/keyspace/list-value.ts';
import { SetValue } from '../../../../src/redisai/keyspace/set-value.ts';
import { SortedSetValue } from '../../../../src/redisai/keyspace/sorted-set-value.ts';
import { StringValue } from '../../../../src/redisai/keyspace/string-value.ts';

let keyspace: Keyspace;
let database: Database;

beforeEach(() => {
  keyspace = new Keyspace();
  keyspace.nowMs = 1000;
  database = keyspace.databases[0]!;
});

const text = (key: string): string | undefined => (database.get(key) as StringValue | undefined)?.text;

describe('Database', () => {
  it.each(['', '__proto__', 'constructor', 'toString', '\xff\x00', 'x'.repeat(512 * 1024)])('holds any key', (key) => {
    expect(database.get(key)).toBeUndefined();
    database.set(key, new StringValue('value'));
    expect(text(key)).toBe('value');
    expect([...database.keys()]).toEqual([key]);
    expect(database.delete(key)).toBe(true);
    expect(database.size).toBe(0);
  });

  it('forgets a key at its time and not before', () => {
    database.set('k', new StringValue('v'));
    database.expireAt('k', 2000);
    keyspace.nowMs = 1999;
    expect(text('k')).toBe('v');
    keyspace.nowMs = 2000;
    expect(database.get('k')).toBeUndefined();
    expect([database.size, keyspace.expiredKeys, keyspace.usedBytes]).toEqual([0, 1, 0]);
  });

  it('starts anew where an expired key is set again', () => {
    database.set('k', new StringValue('old'));
    database.expireAt('k', 1500);
    keyspace.nowMs = 3000;
    database.set('k', new StringValue('new'), true);
    expect(text('k')).toBe('new');
    expect(database.entry('k')!.expiresAtMs).toBe(0);
  });

  it('removes expired keys that nobody reads, a bounded number at a time', () => {
    for (let i = 0; i < 1000; i++) {
      database.set(`k${i}`, new StringValue('v'));
      database.expireAt(`k${i}`, 1500);
    }
    keyspace.nowMs = 2000;
    keyspace.expireSome();
    expect(database.size).toBeGreaterThan(0);
    for (let step = 0; step < 20; step++) keyspace.expireSome();
    expect([database.size, keyspace.usedBytes]).toEqual([0, 0]);
  });

  it('counts memory back to zero, whatever was done to the values', () => {
    const hash = new HashValue();
    const list = new ListValue();
    const set = new SetValue();
    const zset = new SortedSetValue();
    hash.set('f', 'v');
    list.pushRight('e');
    set.add('m');
    zset.set('m', 1);
    database.set('hash', hash);
    database.set('list', list);
    database.set('set', set);
    database.set('zset', zset);
    const before = keyspace.usedBytes;
    for (let i = 0; i < 500; i++) {
      hash.set(`f${i}`, 'x'.repeat(i));
      hash.set(`f${i}`, 'y');
      list.pushLeft(`e${i}`);
      set.add(`m${i}`);
      zset.set(`m${i}`, i);
      zset.set(`m${i}`, -i);
    }
    list.replace(3, 'longer than before');
    list.refill(list.slice(0, 100));
    for (const key of ['hash', 'list', 'set', 'zset']) database.changed(key);
    expect(keyspace.usedBytes).toBeGreaterThan(before + 50_000);
    for (const field of [...hash.keys()]) hash.delete(field);
    while (list.popLeft() !== undefined);
    for (const member of [...set.members()]) set.delete(member);
    for (const [member] of [...zset.entries()]) zset.delete(member);
    for (const key of ['hash', 'list', 'set', 'zset']) database.changed(key);
    expect([database.size, keyspace.usedBytes]).toEqual([0, 0]);
  });

  it('makes watchers dirty by every kind of change, and by no other key', () => {
    const changes: (() => void)[] = [
      () => database.set('k', new StringValue('new')),
      () => database.delete('k'),
      () => database.expireAt('k', 5000),
      () => database.clear(),
      () => database.swapWith(keyspace.databases[1]!),
    ];
    for (const change of changes) {
      database.set('k', new StringValue('v'));
      const watcher = { dirty: false };
      database.watch('k', watcher);
      database.set('other', new StringValue('v'));
      expect(watcher.dirty).toBe(false);
      change();
      expect(watcher.dirty).toBe(true);
      database.unwatch('k', watcher);
    }
  });

  it('returns every key that stays from start to end of a scan, while others come and go', () => {
    for (let i = 0; i < 500; i++) database.set(`stays${i}`, new StringValue(''));
    for (let i = 0; i < 500; i++) database.set(`goes${i}`, new StringValue(''));
    const seen = new Set<string>();
    let cursor = 0;
    let step = 0;
    do {
      const scan = database.scanIndex.scan(cursor, 7);
      scan.keys.forEach((key) => seen.add(key));
      cursor = scan.cursor;
      for (let i = 0; i < 5; i++) database.delete(`goes${step * 5 + i}`);
      database.set(`comes${step++}`, new StringValue(''));
    } while (cursor !== 0);
    expect([...seen].filter((key) => key.startsWith('stays'))).toHaveLength(500);
  });
});
