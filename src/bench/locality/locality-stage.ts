// What the loads of the locality bench work with: transactions, the model, and the engine at several distances.
import { Redis } from 'ioredis';
import type { NetConnectOpts } from 'node:net';
import type { Transaction } from '../../contracts/transaction.ts';
import { BENCH_DEVICES } from '../engine-stage.ts';
import { removeProvisioned } from '../remove-provisioned.ts';
import { openDistance, type Distance } from './distance.ts';
import { DELAYS_MS } from './locality-load.ts';

export interface LocalityStageParts {
  /** Of an engine that was provisioned under `tag`. */
  readonly url: string;
  readonly tag: string;
  /** As many as go together at most; all of them later than the references. */
  readonly transactions: readonly Transaction[];
  /** The shipped model, as ONNX. */
  readonly model: Buffer;
}

export class LocalityStage {
  readonly parts: LocalityStageParts;
  readonly #distances: readonly Distance[];
  readonly #connections: ReadonlyMap<number, Redis>;

  private constructor(parts: LocalityStageParts, distances: readonly Distance[], connections: Map<number, Redis>) {
    this.parts = parts;
    this.#distances = distances;
    this.#connections = connections;
  }

  static async open(parts: LocalityStageParts): Promise<LocalityStage> {
    const distances: Distance[] = [];
    const connections = new Map<number, Redis>();
    for (const delayMs of DELAYS_MS) {
      const distance = delayMs === 0 ? undefined : await openDistance(addressOf(parts.url), delayMs);
      if (distance !== undefined) distances.push(distance);
      connections.set(delayMs, connectionTo(parts.url, distance));
    }
    return new LocalityStage(parts, distances, connections);
  }

  /** The engine at one of DELAYS_MS. */
  at(delayMs: number): Redis {
    return this.#connections.get(delayMs)!;
  }

  /** Removes everything under the tag too. */
  async close(): Promise<void> {
    await removeProvisioned(this.at(0), this.parts.tag, BENCH_DEVICES);
    for (const redis of this.#connections.values()) redis.disconnect();
    await Promise.all(this.#distances.map((distance) => distance.close()));
  }
}

function addressOf(url: string): NetConnectOpts {
  if (url.startsWith('unix:')) return { path: url.replace(/^unix:(\/\/)?/, '') };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port === '' ? '6379' : port) };
}

/** Without a distance: straight. Certificates are those of the engine's own name either way. */
function connectionTo(url: string, distance: Distance | undefined): Redis {
  const options = { protocol: 2 } as const;
  if (distance === undefined) return new Redis(url.replace(/^unix:(\/\/)?/, ''), options);
  const { host, port } = distance;
  if (url.startsWith('unix:')) return new Redis({ ...options, host, port });
  const { protocol, hostname, username, password, pathname } = new URL(url);
  return new Redis({
    ...options,
    host,
    port,
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1)),
    ...(protocol === 'rediss:' ? { tls: { servername: hostname } } : {}),
  });
}
