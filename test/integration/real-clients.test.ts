// Promise: clients that know nothing of this engine work with it as they are.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTransactions } from '../../producers/csv.ts';
import { SAMPLE_CSV } from '../../src/cli/replay.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { provision } from '../../src/provision/provision.ts';
import type { ReferenceRow } from '../../src/provision/references.ts';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { startCluster } from '../helpers/engine-cluster.ts';
import { eventually } from '../helpers/eventually.ts';
import { npmPackage, pythonPackages } from '../helpers/installed-clients.ts';

const SCRIPTS = new URL('real-clients/', import.meta.url);
const MODELS = ['fraud_detection_model{tag}_CPU', 'fraud_detection_model{tag}_CPU:1'];

const hasRedisCli = spawnSync('redis-cli', ['--version']).status === 0;
const redisAi = pythonPackages('redisai', ['redisai==1.3.0', 'redis==4.6.0', 'numpy==1.26.4']);
const redisPy = pythonPackages('redis-py', ['redis==7.1.0']);
const commander = npmPackage('redis-commander', 'redis-commander@0.9.0');

const named = (title: string, absent: string | undefined): string =>
  absent === undefined ? title : `${title} (skipped: ${absent})`;

let engine: RunningEngine;
let port: string;

beforeAll(async () => {
  engine = await startEngine();
  port = new URL(engine.url).port;
  await provisionAll();
});

afterAll(() => engine.stop());

async function* firstThousand(): AsyncGenerator<ReferenceRow> {
  const { rows } = await readTransactions(SAMPLE_CSV);
  for await (const { texts, index } of rows) {
    yield { time: texts[0]!, index, fields: texts };
    if (index === 999) return;
  }
}

async function provisionAll(): Promise<void> {
  const redis = new Redis(engine.url);
  await provision(redis, {
    tag: 'tag',
    devices: ['CPU', 'CPU:1'],
    model: { backend: 'TF', blob: readFileSync(packageFile('models', 'fraud_detection_model.pb')) },
    script: readFileSync(packageFile('models', 'helper_script.py'), 'utf8'),
    references: firstThousand(),
  });
  redis.disconnect();
}

describe.skipIf(!hasRedisCli)(named('redis-cli', hasRedisCli ? undefined : 'it is not installed'), () => {
  async function cli(words: readonly string[], input = ''): Promise<string> {
    const child = spawn('redis-cli', ['-p', port, ...words]);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stdin.end(input);
    await once(child, 'close');
    return said;
  }

  it.each([[[]], [['-3']]])('runs single commands, options %j', async (options) => {
    expect(await cli([...options, 'DBSIZE'])).toBe('1004\n');
    expect(await cli([...options, 'ZSCORE', 'references{tag}', 'nosuch'])).toBe('\n');
    expect(await cli([...options, 'TYPE', MODELS[0]!])).toBe('AI__MODEL\n');
    expect(await cli([...options, 'NOSUCH'])).toBe("ERR unknown command 'NOSUCH', with args beginning with: \n\n");
    expect(await cli([...options, '-n', '3', 'EVAL', 'return 1', '0'])).toMatch(/^ERR Lua scripts are not supported/);
  });

  it('scans, and looks for big keys', async () => {
    expect((await cli(['--scan', '--pattern', '*model*'])).split('\n').filter(Boolean).sort()).toEqual(MODELS);
    expect(await cli(['--bigkeys'])).toContain('1000 hashs with 30000 fields');
  });

  it('takes a conversation, help and the hints of COMMAND DOCS included', async () => {
    const said = await cli(['-n', '1'], 'help hset\nSET k "a b"\nGET k\nFLUSHDB\n');
    expect(said).toContain('group:');
    expect(said).toMatch(/OK\n"?a b"?\nOK\n$/);
  });

  it('loads in bulk with --pipe', async () => {
    const commands = Array.from({ length: 5000 }, (_, i) => `SET bulk:${i} ${i}\r\n`).join('');
    expect(await cli(['-n', '2', '--pipe'], 'SELECT 2\r\n' + commands)).toMatch(/errors: 0, replies: 5001\n$/);
    expect(await cli(['-n', '2', 'GET', 'bulk:4999'])).toBe('4999\n');
    await cli(['-n', '2', 'FLUSHDB']);
  });
});

describe('ioredis', () => {
  it.each([2, 3] as const)('speaks RESP%i: pipelines, transactions, scanStream', async (protocol) => {
    const redis = new Redis(engine.url, { protocol, db: 4, connectionName: 'reader' });
    expect(await redis.client('GETNAME')).toBe('reader');
    const pipeline = redis.pipeline().hset('h', 'a', 1).hgetall('h').incr('h').zadd('z', 1.5, 'm').zscore('z', 'm');
    const replies = (await pipeline.exec())!.map(([error, reply]) => error?.message ?? reply);
    const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';
    expect(replies).toEqual([1, { a: '1' }, wrongType, 1, '1.5']);

    await redis.watch('counter');
    expect(await redis.multi().set('counter', 1).incr('counter').exec()).toEqual([
      [null, 'OK'],
      [null, 2],
    ]);
    await redis.select(0);
    const found: string[] = [];
    for await (const keys of redis.scanStream({ count: 100 })) found.push(...(keys as string[]));
    expect(new Set(found).size).toBe(1004);
    await redis.select(4);
    await redis.flushdb();
    redis.disconnect();
  });

  it('sends what was asked for while the engine was away, once it is back', async () => {
    const first = await startEngine();
    const place = Number(new URL(first.url).port);
    const redis = new Redis(place, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    await redis.set('k', 1);
    await first.stop();
    await eventually(() => redis.status !== 'ready');
    const reply = redis.set('k', 2, 'GET');
    const second = await startEngine({ port: place });
    expect(await reply).toBeNull();
    redis.disconnect();
    await second.stop();
  });
});

function python(folder: string, script: string, ...words: string[]): unknown {
  return new Promise((resolve, reject) => {
    const child = spawn(join(folder, 'bin', 'python'), [fileURLToPath(new URL(script, SCRIPTS)), ...words]);
    let [said, complaint] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(JSON.parse(said));
      else reject(new Error(complaint));
    });
  });
}

describe.skipIf(redisAi.absent !== undefined)(named('the Python package redisai 1.3', redisAi.absent), () => {
  it('runs the flow of a consumer: references, one DAG on two devices, the score', async () => {
    const model = readFileSync(packageFile('models', 'fraud_detection_model.pb'));
    const said = (await python(redisAi.folder, 'redisai-flow.py', port)) as { sum: number; apart: number };
    expect(said).toMatchObject({
      dbsize: 1004,
      references: 10,
      dag: ['OK', 'OK', 'OK', 'OK', 'OK'],
      shape: [1, 2],
      type: 'float32',
      model: { backend: 'TF', device: 'CPU', inputs: ['transaction', 'reference'], outputs: ['output'] },
      modelBytes: model.length,
      scriptBytes: readFileSync(packageFile('models', 'helper_script.py'), 'utf8').length,
      models: MODELS,
      scripts: ['helper_script{tag}'],
      info: { key: MODELS[0], type: 'MODEL', backend: 'TF', device: 'CPU', calls: 2, errors: 0 },
      reset: 'OK',
      refusal: 'model key is empty',
    });
    expect(said.sum).toBeCloseTo(1, 6);
    expect(said.apart).toBeLessThan(1e-6);
  });
});

describe.skipIf(redisPy.absent !== undefined)(named('the Python package redis 7.1', redisPy.absent), () => {
  it.each(['2', '3'])('works in RESP%s', async (protocol) => {
    const own = await startEngine();
    expect(await python(redisPy.folder, 'redis-flow.py', new URL(own.url).port, protocol)).toEqual({
      ping: true,
      version: '7.0.15',
      hash: { a: '1', b: '2' },
      scores: [
        ['x', 1.5],
        ['y', 2],
      ],
      members: ['m'],
      ttl: 1000,
      executed: ['a', 1],
      scanned: ['counter', 'hash', 'members', 'scores', 'text'],
      maxclients: { maxclients: '10000' },
      clients: 1,
      commandsKnown: true,
      user: 'default',
      sorted: ['m'],
      listeners: 0,
      refusal: 'value is not an integer or out of range',
    });
    await own.stop();
  });

  it.each(['2', '3'])('works with a cluster in RESP%s', async (protocol) => {
    const cluster = await startCluster(3);
    expect(await python(redisPy.folder, 'redis-cluster-flow.py', String(cluster.nodes[1]!.port), protocol)).toEqual({
      nodes: 3,
      got: 435,
      isSlotTheSame: true,
      hash: { a: '1' },
      score: 1.5,
      state: 'ok',
    });
    await cluster.stop();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  return free;
}

describe.skipIf(commander.absent !== undefined)(named('redis-commander 0.9', commander.absent), () => {
  let browser: ChildProcess;
  let site: string;

  beforeAll(async () => {
    const sitePort = await freePort();
    site = `http://127.0.0.1:${sitePort}/apiv2`;
    const words = [
      '--redis-host',
      '127.0.0.1',
      '--redis-port',
      port,
      '--address',
      '127.0.0.1',
      '--port',
      `${sitePort}`,
    ];
    const program = join(commander.folder, 'node_modules', 'redis-commander', 'bin', 'redis-commander.js');
    browser = spawn(process.execPath, [program, ...words, '--no-save'], { stdio: 'ignore' });
    await eventually(async () => (await ask('/connection').catch(() => false)) === true, 60_000);
  });

  afterAll(() => browser.kill());

  const ask = async (path: string): Promise<unknown> => (await fetch(site + path)).json();

  it('shows the server, its keys and what is in them', async () => {
    const id = `R:127.0.0.1:${port}:0`;
    expect(JSON.stringify(await ask('/server/info'))).toContain('"Redis version","value":"7.0.15"');
    expect(((await ask(`/keystree/${id}`)) as { data: unknown[] }).data.length).toBeGreaterThan(0);
    expect(await ask(`/keys/${id}/*script*`)).toEqual({ data: ['helper_script{tag}'] });
    const index = encodeURIComponent('references{tag}');
    expect(await ask(`/key/${id}/${index}`)).toMatchObject({ type: 'zset', key: 'references{tag}', ttl: -1 });
    const script = encodeURIComponent('helper_script{tag}');
    expect(await ask(`/key/${id}/${script}`)).toEqual({ key: 'helper_script{tag}', type: 'AI_SCRIPT' });
  });
});
