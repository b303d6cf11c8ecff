// Promise: clients of Redis Cluster use engines as nodes without knowing it, and redis-cli moves their slots: under load, and with a
// node that is stopped and started again, nothing that was written is lost.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Run } from '../helpers/command-line.ts';
import { evenNodes } from '../helpers/engine-cluster.ts';
import { eventually } from '../helpers/eventually.ts';
import { Resp2Client } from '../helpers/resp2-client.ts';
import { serve, type ServingEngine } from '../helpers/serving-engine.ts';

/** Each writer has keys of its own: they are many times the writers. */
const KEYS = 500;
const WRITERS = 4;
const hasRedisCli = spawnSync('redis-cli', ['--version']).status === 0;

describe('three engines as a cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-cluster-'));
  const file = join(folder, 'nodes.json');
  let ports: number[];
  let nodes: ServingEngine[];
  let client: Cluster;

  const start = (me: number): Promise<ServingEngine> =>
    serve(['--cluster', file, '--me', String(me), '--dir', join(folder, String(me))]);

  beforeAll(async () => {
    const planned = await evenNodes(3);
    writeFileSync(file, JSON.stringify(planned));
    ports = planned.map(({ port }) => port);
    nodes = await Promise.all(ports.map((_, me) => start(me)));
    client = new Cluster(
      ports.map((port) => ({ host: '127.0.0.1', port })),
      {
        clusterRetryStrategy: () => 50,
        // While a node is away, the others go on naming it.
        maxRedirections: 10_000,
        retryDelayOnMoved: 20,
        retryDelayOnClusterDown: 100,
        retryDelayOnTryAgain: 20,
        retryDelayOnFailover: 100,
        slotsRefreshTimeout: 5000,
        redisOptions: { maxRetriesPerRequest: null },
      },
    );
    client.on('error', () => undefined);
    await Promise.all(Array.from({ length: KEYS }, (_, i) => client.set(`key:${i}`, 1)));
  });

  afterAll(async () => {
    client.disconnect();
    for (const { engine } of nodes) await engine.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes a higher number to one key after the other until told to stop; resolves to what each key must hold then. */
  function load(first: number): { stop: () => Promise<number[]> } {
    const written = new Array<number>(KEYS).fill(first);
    let isOver = false;
    const write = async (from: number): Promise<void> => {
      for (let i = from; !isOver; i = (i + WRITERS) % KEYS) {
        await client.set(`key:${i}`, written[i]! + 1);
        written[i]! += 1;
      }
    };
    const running = Promise.all(Array.from({ length: WRITERS }, (_, i) => write(i)));
    return {
      stop: async () => {
        isOver = true;
        await running;
        return written;
      },
    };
  }

  const held = async (): Promise<number[]> =>
    Promise.all(Array.from({ length: KEYS }, async (_, i) => Number(await client.get(`key:${i}`))));

  async function cluster(node: number, subcommand: 'NODES' | 'MYID'): Promise<string> {
    const own = await Resp2Client.open(ports[node]!);
    const reply = await own.send('CLUSTER', subcommand);
    own.close();
    return reply.t === 'bulk' ? reply.v.toString() : '';
  }

  async function cli(...words: string[]): Promise<string> {
    const child = spawn('redis-cli', words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    await once(child, 'close');
    return said;
  }

  it.skipIf(!hasRedisCli)('redis-cli reshards and rebalances them under load, and nothing is lost', async () => {
    const address = `127.0.0.1:${ports[0]}`;
    const ids = await Promise.all([0, 1].map((node) => cluster(node, 'MYID')));
    const running = load(1);
    const words = ['--cluster-from', ids[0]!, '--cluster-to', ids[1]!, '--cluster-slots', '800', '--cluster-yes'];
    await cli('--cluster', 'reshard', address, ...words);
    expect(await cli('--cluster', 'check', address)).toContain('All 16384 slots covered');
    await cli('--cluster', 'rebalance', address);
    const expected = await running.stop();
    expect(await cli('--cluster', 'check', address)).toContain('All nodes agree about slots configuration');
    expect(await held()).toEqual(expected);
    expect(readFileSync(join(folder, '1', 'engine.cluster'), 'utf8')).toMatch(/^moved \d/);
  });

  it('a node that is stopped under load comes back with its keys and with the slots that it had', async () => {
    await Promise.all(Array.from({ length: KEYS }, (_, i) => client.set(`key:${i}`, 1_000_000)));
    const slots = await client.cluster('SLOTS');
    const running = load(1_000_000);
    await nodes[1]!.engine.interrupt();
    await eventually(async () => (await cluster(0, 'NODES')).includes('master,fail?'));
    nodes[1] = await start(1);
    await eventually(async () => !(await cluster(0, 'NODES')).includes('fail'));
    const written = await running.stop();
    expect(await held()).toEqual(written);
    expect(await client.cluster('SLOTS')).toEqual(slots);
  });

  it('refuses a node that the file does not know', async () => {
    const run = new Run(['serve', '--cluster', file, '--me', '3']);
    const { status, stderr } = await run.ended;
    expect(status).toBe(78);
    expect(stderr).toContain('The cluster has no node 3: it has 3, from 0.');
  });
});
