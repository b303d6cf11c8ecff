// The engine from further away: an address of this machine behind which every round trip takes longer.
import { once } from 'node:events';
import type { NetConnectOpts } from 'node:net';
import { siblingModule } from '../../core/sibling-module.ts';
import { startWorker } from '../../core/sibling-worker.ts';
import type { DistanceTask } from './distance-worker.ts';

export interface Distance {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** `delayMs` is added to each round trip, half of it each way. */
export async function openDistance(to: NetConnectOpts, delayMs: number): Promise<Distance> {
  const worker = startWorker(siblingModule(import.meta.url, 'distance-worker'));
  const task: DistanceTask = { to, delayMs: delayMs / 2 };
  worker.postMessage(task);
  const [port] = (await once(worker, 'message')) as [number];
  const close = async (): Promise<void> => {
    await worker.terminate();
  };
  return { host: '127.0.0.1', port, close };
}
