// Promise: a node of a cluster of engines answers as one of a cluster of redis-server 7.0 (three masters) does, command by
// command: where keys belong, what is said while slots move, and every data command's key positions.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster, type EngineCluster } from '../helpers/engine-cluster.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeBusPort } from '../helpers/redis-servers.ts';
import { Resp2Client } from '../helpers/resp2-client.ts';
import { comparable, commandsOf, type Words } from './redis-differential/compare.ts';

const FOLDER = new URL('cluster-differential/', import.meta.url);
const DATA_FOLDER = new URL('redis-differential/', import.meta.url);
/** Of these the data commands: server.txt tells of a server by itself. */
const DATA_FILES = readdirSync(DATA_FOLDER).filter((name) => name.endsWith('.txt') && name !== 'server.txt');
const NODES = [0, 1, 2];
const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }) as { stdout: string | null };
const VERSION = /v=(\d+\.\d+)/.exec(stdout ?? '')?.[1];

/** One side of the comparison: a connection to each node, and what only this side calls them. */
interface Side {
  readonly clients: readonly Resp2Client[];
  readonly ports: readonly number[];
  readonly ids: readonly string[];
}

function withOwnNames(side: Side, words: Words): Words {
  return words.map((word) =>
    word
      .replace(/^\$(\d)$/, (_, i: string) => side.ids[Number(i)]!)
      .replace(/^%(\d)$/, (_, i: string) => String(side.ports[Number(i)])),
  );
}

function withoutOwnNames({ ids, ports }: Side, shown: string): string {
  let text = shown;
  for (const i of NODES) text = text.replaceAll(ids[i]!, `<id ${i}>`).replaceAll(String(ports[i]), `<port ${i}>`);
  return text;
}

describe.skipIf(VERSION !== '7.0')(
  `nodes of a cluster answer as those of redis-server 7.0 (found: ${VERSION ?? 'none; install redis-server to run this'})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'fraudstream-cluster-'));
    let servers: readonly ChildProcess[];
    let cluster: EngineCluster;
    let theirs: Side;
    let ours: Side;

    beforeAll(async () => {
      const ports = await Promise.all(NODES.map(freeBusPort));
      servers = ports.map((port) => startRedis(port));
      await eventually(() => ports.every((port) => cli(port, 'ping').status === 0));
      const addresses = ports.map((port) => `127.0.0.1:${port}`);
      expect(spawnSync('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']).status).toBe(0);
      const isReady = (port: number): boolean => cli(port, 'cluster', 'info').stdout.includes('cluster_state:ok');
      await eventually(() => ports.every(isReady), 60_000);
      theirs = await sideOf(ports);
      cluster = await startCluster(NODES.length);
      ours = await sideOf(cluster.nodes.map(({ port }) => port));
    }, 120_000);

    afterAll(async () => {
      for (const { clients } of [theirs, ours]) for (const client of clients) client.close();
      await cluster.stop();
      for (const server of servers) server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });

    function startRedis(port: number): ChildProcess {
      const own = join(folder, String(port));
      mkdirSync(own);
      const options = ['--cluster-enabled', 'yes', '--save', '', '--dir', own];
      return spawn('redis-server', ['--port', String(port), ...options], { stdio: 'ignore' });
    }

    async function sideOf(ports: readonly number[]): Promise<Side> {
      const clients = await Promise.all(ports.map((port) => Resp2Client.open(port)));
      const ids = await Promise.all(clients.map((client) => client.send('CLUSTER', 'MYID')));
      return { clients, ports, ids: ids.map((id) => (id.t === 'bulk' ? id.v.toString() : '')) };
    }

    async function answer(side: Side, node: number, words: Words): Promise<string> {
      const bytes = withOwnNames(side, words).map((word) => Buffer.from(word, 'latin1'));
      const reply = await side.clients[node]!.send(...bytes);
      return withoutOwnNames(side, comparable(words, reply));
    }

    async function differences(node: number, commands: readonly Words[]): Promise<string[]> {
      const found: string[] = [];
      for (const words of commands) {
        const [expected, actual] = await Promise.all([answer(theirs, node, words), answer(ours, node, words)]);
        if (expected !== actual) found.push(`${node}: ${words.join(' ')}\n  Redis:  ${expected}\n  engine: ${actual}`);
      }
      return found;
    }

    it.each(['nodes.txt', 'moving.txt'])('%s', async (name) => {
      const found: string[] = [];
      for (const [node, ...words] of commandsOf(new URL(name, FOLDER))) {
        found.push(...(await differences(Number(node), [words])));
      }
      expect(found).toEqual([]);
    });

    it.each(DATA_FILES)('%s, on every node', async (name) => {
      const commands = commandsOf(new URL(name, DATA_FOLDER));
      for (const node of NODES) expect(await differences(node, [['FLUSHALL'], ...commands])).toEqual([]);
    });
  },
);

function cli(port: number, ...words: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' });
  return { status, stdout };
}
