// Promise: what a snapshot holds is exactly what the keys were at one moment, and a damaged one is never taken for a whole one.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFile } from '../../../../src/core/package-root.ts';
import { startEngine, type EngineOptions, type RunningEngine } from '../../../../src/redisai/index.ts';
import { Resp2Client, type TypedReply } from '../../../helpers/resp2-client.ts';

let dir: string;
let engine: RunningEngine | undefined;
let client: Resp2Client;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
});

afterEach(async () => {
  await stop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(options: EngineOptions = {}): Promise<void> {
  engine = await startEngine({ dir, ...options });
  client = await Resp2Client.open(Number(new URL(engine.url).port));
}

async function stop(): Promise<void> {
  client.close();
  await engine?.stop();
  engine = undefined;
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

const file = (): string => join(dir, 'engine.snapshot');
const run = (words: string): Promise<TypedReply> => client.send(...words.split(' '));
const all = (commands: readonly string[]): Promise<TypedReply[]> => Promise.all(commands.map(run));

const SCRIPT = 'def f(tensors: List[Tensor], keys: List[str], args: List[str]):\n    return tensors[0] + 1\n';
const MODEL = readFileSync(packageFile('models', 'fraud_detection_model.pb'));

const READS = [
  'GET string',
  'LRANGE list 0 -1',
  'ZRANGE zset 0 -1 WITHSCORES',
  'HGETALL hash',
  'PEXPIRETIME lasting',
  'SMISMEMBER set a b c',
  'AI.TENSORGET t META BLOB',
  'AI.TENSORGET words META BLOB',
  'AI.SCRIPTGET script',
  'AI.MODELGET model',
];

async function fill(): Promise<void> {
  const bytes = Buffer.from([0, 255, 13, 10, 128]);
  await client.send('SET', 'string', bytes);
  await client.send('SET', bytes, 'binary key');
  await all([
    'RPUSH list a b c',
    'SADD set a b',
    'ZADD zset 1.5 a -inf b 0.1 c',
    'HSET hash z 1 a 2',
    'SET lasting 1 PX 100000000',
    'SET brief 1 PX 1',
    'AI.TENSORSET t FLOAT 2 2 VALUES 1 2 3 4',
  ]);
  await client.send('AI.TENSORSET', 'words', 'STRING', '2', 'VALUES', 'one', 'two');
  await client.send('AI.SCRIPTSTORE', 'script', 'CPU:1', 'TAG', 'v1', 'ENTRY_POINTS', '1', 'f', 'SOURCE', SCRIPT);
  const names = ['INPUTS', '2', 'transaction', 'reference', 'OUTPUTS', '1', 'output'];
  const stored = await client.send('AI.MODELSTORE', 'model', 'TF', 'CPU', 'TAG', 'v2', ...names, 'BLOB', MODEL);
  expect(stored).toEqual({ t: 'status', v: 'OK' });
  await all(['SELECT 3', 'SET elsewhere 3', 'SELECT 0']);
}

describe('a snapshot', () => {
  it('brings back every kind of value, expiry and database', async () => {
    await start();
    await fill();
    const before = await all(READS);
    await restart();
    expect(await all(READS)).toEqual(before);
    expect(await run('EXISTS brief')).toEqual({ t: 'int', v: 0 });
    expect((await all(['SELECT 3', 'GET elsewhere']))[1]).toEqual({ t: 'bulk', v: Buffer.from('3') });
    await run('SELECT 0');
    expect(await run('AI.SCRIPTEXECUTE script f INPUTS 1 t OUTPUTS 1 o')).toEqual({ t: 'status', v: 'OK' });
  });

  it('holds the keys as they were when it began, whatever is done meanwhile', async () => {
    await start({ snapshotSeconds: 3600, snapshotWrites: 1_000_000 });
    for (let i = 0; i < 20_000; i += 1000) {
      await all(Array.from({ length: 1000 }, (_, k) => `RPUSH list:${i + k} a`));
    }
    const save = run('SAVE');
    const changes = Array.from({ length: 2000 }, (_, i) => [
      `RPUSH list:${i * 7} b`,
      `DEL list:${i * 7 + 1}`,
      `SET new:${i} 1`,
      `RENAME list:${i * 7 + 2} renamed:${i}`,
      `LMOVE list:${i * 7 + 3} list:${i * 7 + 4} LEFT RIGHT`,
    ]).flat();
    await Promise.all([save, all([...changes, 'SWAPDB 0 1', 'FLUSHDB'])]);
    expect(await save).toEqual({ t: 'status', v: 'OK' });
    await run('SHUTDOWN NOSAVE').catch(() => undefined);
    await engine!.stopped;
    await start();
    expect(await run('DBSIZE')).toEqual({ t: 'int', v: 20_000 });
    for (let i = 0; i < 20_000; i += 1000) {
      const lists = await all(Array.from({ length: 1000 }, (_, k) => `LRANGE list:${i + k} 0 -1`));
      expect(lists).toEqual(lists.map(() => ({ t: 'array', v: [{ t: 'bulk', v: Buffer.from('a') }] })));
    }
  });

  it('is written by SAVE, BGSAVE and after enough changes; LASTSAVE, INFO and CONFIG tell', async () => {
    await start({ snapshotSeconds: 3600, snapshotWrites: 5 });
    await run('SET a 1');
    expect(String(((await run('INFO persistence')) as { v: Buffer }).v)).toMatch(/rdb_changes_since_last_save:1\r/);
    expect(await run('BGSAVE')).toEqual({ t: 'status', v: 'Background saving started' });
    await expect.poll(() => existsSync(file())).toBe(true);
    await expect
      .poll(async () => String(((await run('INFO persistence')) as { v: Buffer }).v))
      .toMatch(/since_last_save:0\r/);
    const size = readFileSync(file()).length;
    await all(['SET b 1', 'SET c 1', 'SET d 1', 'SET e 1', 'SET f 1']);
    await expect.poll(() => readFileSync(file()).length, { timeout: 10_000 }).toBeGreaterThan(size);
    const shown = await run('CONFIG GET dir');
    expect(shown).toMatchObject({ v: [{}, { v: Buffer.from(dir) }] });
    expect(await run('CONFIG SET dir /etc')).toMatchObject({ t: 'error' });
  });

  it('keeps users with their passwords and rights, and leaves `default` to the settings', async () => {
    await start();
    const rules = 'ACL SETUSER reader on >secret ~app:* &news* +@all -@admin +config|get -set';
    expect(await all([rules, 'ACL SETUSER away ~*', 'ACL SETUSER gone on', 'ACL DELUSER gone'])).toHaveLength(4);
    const [reader, away] = [await run('ACL GETUSER reader'), await run('ACL GETUSER away')];
    await stop();
    await start({ password: 'new' });
    expect(await run('AUTH reader secret')).toEqual({ t: 'status', v: 'OK' });
    expect(await run('SET app:1 x')).toMatchObject({ t: 'error' });
    expect(await run('AUTH new')).toEqual({ t: 'status', v: 'OK' });
    expect(await all(['ACL GETUSER reader', 'ACL GETUSER away'])).toEqual([reader, away]);
    expect(await run('ACL GETUSER gone')).toMatchObject({ t: 'null' });
  });

  it('of the version before it had users is read', async () => {
    await start();
    await run('SET a 1');
    await stop();
    const older = readFileSync(file()).subarray(0, -32);
    older[older.indexOf(10) + 1] = 1;
    writeFileSync(file(), Buffer.concat([older, createHash('sha256').update(older).digest()]));
    await start();
    expect(await run('GET a')).toEqual({ t: 'bulk', v: Buffer.from('1') });
  });

  it('is not there without a folder to keep it in', async () => {
    engine = await startEngine();
    client = await Resp2Client.open(Number(new URL(engine.url).port));
    expect(await run('SAVE')).toMatchObject({ t: 'error' });
    expect(await run('CONFIG GET save')).toMatchObject({ v: [{}, { v: Buffer.alloc(0) }] });
  });
});

describe('a file that is not what it should be', () => {
  async function snapshot(): Promise<Buffer> {
    await start();
    await fill();
    await stop();
    return readFileSync(file());
  }

  it('is refused wherever a byte is changed or its end is missing, naming the file', async () => {
    const intact = await snapshot();
    const places = Array.from({ length: 40 }, (_, i) => Math.floor((i * intact.length) / 40));
    for (const at of [...places, intact.length - 1]) {
      const flipped = Buffer.from(intact);
      flipped[at]! ^= 0x10;
      for (const bytes of [flipped, intact.subarray(0, at)]) {
        writeFileSync(file(), bytes);
        await expect(startEngine({ dir })).rejects.toMatchObject({
          code: expect.stringMatching(/^ENGINE_SNAPSHOT_(DAMAGED|VERSION)$/) as string,
          message: expect.stringContaining(file()) as string,
          next: expect.stringContaining('move') as string,
        });
      }
    }
  });

  it('is refused when something follows it, or it is of a newer version', async () => {
    const intact = await snapshot();
    writeFileSync(file(), Buffer.concat([intact, Buffer.of(0)]));
    await expect(startEngine({ dir })).rejects.toMatchObject({ code: 'ENGINE_SNAPSHOT_DAMAGED' });
    const newer = Buffer.from(intact);
    newer[newer.indexOf(10) + 1] = 9;
    writeFileSync(file(), newer);
    await expect(startEngine({ dir })).rejects.toMatchObject({ code: 'ENGINE_SNAPSHOT_VERSION' });
  });

  it('leaves the last snapshot in place where a new one cannot be written', async () => {
    const intact = await snapshot();
    await start();
    mkdirSync(`${file()}.new`);
    await run('SET more 1');
    expect(await run('SAVE')).toMatchObject({ t: 'error', v: expect.stringContaining('cannot be kept') as string });
    expect(readFileSync(file()).equals(intact)).toBe(true);
    rmSync(`${file()}.new`, { recursive: true });
    expect(await run('SAVE')).toEqual({ t: 'status', v: 'OK' });
  });
});
