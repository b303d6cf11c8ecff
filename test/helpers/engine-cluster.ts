// Embedded engines of a test's own as the nodes of one cluster, in this process.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { startEngine, type PlannedNode, type RunningEngine } from '../../src/redisai/index.ts';
import { plannedNodes } from '../../src/redisai/cluster/nodes-file.ts';
import { Resp2Client } from './resp2-client.ts';

const SLOTS = 16_384;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** What the file of nodes would hold: all slots spread over so many nodes, as redis-cli spreads them. */
export async function evenNodes(count: number): Promise<{ host: string; port: number; slots: number[][] }[]> {
  const starts = Array.from({ length: count + 1 }, (_, i) => Math.round((i * SLOTS) / count));
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  return ports.map((port, i) => ({ host: '127.0.0.1', port, slots: [[starts[i]!, starts[i + 1]! - 1]] }));
}

export interface EngineCluster {
  readonly nodes: readonly PlannedNode[];
  readonly engines: readonly RunningEngine[];
  /** One to each node. */
  readonly clients: readonly Resp2Client[];
  stop(): Promise<void>;
}

/** @param password of every node; clients are logged in with it */
export async function startCluster(count: number, password?: string): Promise<EngineCluster> {
  const nodes = plannedNodes(await evenNodes(count));
  const engines = await Promise.all(
    nodes.map((_, me) => startEngine({ cluster: { nodes, me }, ...(password !== undefined && { password }) })),
  );
  const clients = await Promise.all(nodes.map(({ port }) => Resp2Client.open(port)));
  if (password !== undefined) await Promise.all(clients.map((client) => client.send('AUTH', password)));
  return {
    nodes,
    engines,
    clients,
    stop: async () => {
      clients.forEach((client) => client.close());
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}
