// Embedded engines as the nodes of one cluster, each a process of its own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SLOTS } from '../core/hash-slot.ts';
import { startEngineProcess } from './engine-process.ts';
import { freePorts } from './free-port.ts';
import type { RunningEngineServer } from './running.ts';
import { allOrNone } from './where-it-runs.ts';

const HOST = '127.0.0.1';

/** Of one the address is that of a server. @throws FraudstreamError ENGINE_NOT_STARTED; none is left running then */
export async function startEngineNodes(nodeArguments: readonly string[], count: number): Promise<RunningEngineServer> {
  if (count === 1) return startEngineProcess(nodeArguments);
  const folder = await mkdtemp(join(tmpdir(), 'fraudstream-nodes-'));
  try {
    const file = join(folder, 'nodes.json');
    const ports = await freePorts(count);
    await writeFile(file, JSON.stringify(evenNodes(ports)));
    const start = (_port: number, me: number): Promise<RunningEngineServer> =>
      startEngineProcess(nodeArguments, ['--cluster', file, '--me', String(me)]);
    return together(ports, await allOrNone(...ports.map(start)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The file of nodes: all slots, spread evenly. */
export function evenNodes(ports: readonly number[]): { host: string; port: number; slots: [number, number][] }[] {
  const from = (node: number): number => Math.round((node * SLOTS) / ports.length);
  return ports.map((port, node) => ({ host: HOST, port, slots: [[from(node), from(node + 1) - 1]] }));
}

function together(ports: readonly number[], nodes: readonly RunningEngineServer[]): RunningEngineServer {
  return {
    url: `redis+cluster://${ports.map((port) => `${HOST}:${port}`).join()}`,
    ended: Promise.race(nodes.map(({ ended }) => ended)),
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}
