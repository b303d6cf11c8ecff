// Listens, turns away whom it must, and keeps time for all connections.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { getHeapStatistics } from 'node:v8';
import { unlink } from 'node:fs/promises';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import type { Engine } from './commands/engine.ts';
import type { EngineLog } from './engine-event.ts';
import { ServerConnection } from './server-connection.ts';

const EXPIRY_INTERVAL_MS = 100;
const DEADLINE_INTERVAL_MS = 1000;
/** Of the heap that Node allows itself, beyond which commands that take memory are refused. */
const HEAP_SHARE_MAX = 0.85;
/** The part of the heap's limit that only short-lived objects may use. */
const YOUNG_HEAP_BYTES = 48 * 1024 * 1024;

export class EngineServer {
  readonly #engine: Engine;
  readonly #log: EngineLog;
  readonly #server: Server;
  readonly #connections = new Set<ServerConnection>();
  #timers: NodeJS.Timeout[] = [];

  constructor(engine: Engine, log: EngineLog) {
    this.#engine = engine;
    this.#log = log;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  /** Resolves to the URL under which clients reach it. */
  async listen(): Promise<string> {
    const { settings } = this.#engine;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenError(error, this.#engine)));
      if (settings.socketPath !== '') this.#server.listen(settings.socketPath, resolve);
      else this.#server.listen(settings.port, settings.host, resolve);
    });
    this.#server.on('error', (error) => this.#log({ kind: 'defect', error }));
    this.#startTimers();
    return this.#url();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.destroy();
    await closed;
    // Node removes the socket's file itself, as long as the server was closed in an orderly way.
    if (this.#engine.settings.socketPath !== '') await unlink(this.#engine.settings.socketPath).catch(() => undefined);
  }

  #accept(socket: Socket): void {
    const { settings, statistics } = this.#engine;
    statistics.connectionsReceived++;
    if (this.#connections.size >= settings.maxClients) {
      statistics.connectionsRejected++;
      socket.on('error', () => undefined);
      socket.end('-ERR max number of clients reached\r\n');
      return;
    }
    const connection = new ServerConnection(this.#engine, socket, this.#log);
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }

  #startTimers(): void {
    const { keyspace, statistics } = this.#engine;
    this.#timers = [
      setInterval(() => {
        keyspace.nowMs = Date.now();
        keyspace.expireSome();
        this.#engine.isHeapFull = isHeapFull();
        statistics.peakBytes = Math.max(statistics.peakBytes, keyspace.usedBytes);
      }, EXPIRY_INTERVAL_MS),
      setInterval(() => {
        const nowMs = Date.now();
        for (const connection of this.#connections) connection.checkDeadlines(nowMs);
      }, DEADLINE_INTERVAL_MS),
    ];
  }

  #url(): string {
    const { settings } = this.#engine;
    if (settings.socketPath !== '') return `unix:${settings.socketPath}`;
    settings.port = (this.#server.address() as AddressInfo).port;
    const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
    return `redis://${host}:${settings.port}`;
  }
}

function isHeapFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > (limit - YOUNG_HEAP_BYTES) * HEAP_SHARE_MAX;
}

function listenError(error: NodeJS.ErrnoException, engine: Engine): FraudstreamError {
  const { host, port, socketPath } = engine.settings;
  const where = socketPath === '' ? `${host}:${port}` : socketPath;
  const options = { exitCode: EXIT.unavailable, cause: error };
  if (error.code === 'EADDRINUSE') {
    return new FraudstreamError(
      'ENGINE_ADDRESS_IN_USE',
      `The embedded engine cannot listen on ${where}: it is in use.`,
      {
        ...options,
        next: 'Stop what listens there, or give another port (0 takes a free one).',
      },
    );
  }
  return new FraudstreamError(
    'ENGINE_CANNOT_LISTEN',
    `The embedded engine cannot listen on ${where}: ${messageOf(error)}.`,
    {
      ...options,
      next: 'Give an address of this machine and a port, or a path, that this user may use.',
    },
  );
}
