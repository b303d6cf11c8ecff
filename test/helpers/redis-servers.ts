// Processes of Debian's redis-server: a cluster of masters and replicas, and a master with a replica that Sentinels watch. They know
// no AI commands, and fail over as the real thing does.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificates.ts';
import { freePort } from './engine-cluster.ts';
import { eventually } from './eventually.ts';

const { stdout: VERSION } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }) as { stdout: string | null };
export const hasRedisServer = VERSION !== null;
/** For the name of a test that needs one. */
export const REDIS_ABSENT = hasRedisServer ? '' : ' [skipped: no redis-server]';

/** A node that does not answer for so long is taken to be away by the others. */
const AWAY_MS = 800;

/** Redis takes the port that lies 10,000 higher for its bus. */
export async function freeBusPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port <= 55_535) return port;
  }
}

export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #words: readonly string[];
  readonly #tls: Certificates | undefined;
  #child: ChildProcess;

  /** `words` may begin with a file of settings. */
  constructor(folder: string, port: number, words: readonly string[], tls?: Certificates) {
    this.port = port;
    this.#folder = join(folder, String(port));
    this.#tls = tls;
    const place = tls === undefined ? ['--port', String(port)] : ['--port', '0', '--tls-port', String(port)];
    const files = ['--dir', this.#folder, '--save', '', '--repl-diskless-sync-delay', '0'];
    this.#words = [...words, ...place, ...tlsWords(tls), ...files];
    mkdirSync(this.#folder, { recursive: true });
    this.#child = this.#spawn();
  }

  /** What redis-cli says; empty where nobody answers. */
  ask(...words: readonly string[]): string {
    return redisCli(this.#tls, ['-p', String(this.port), ...words]);
  }

  answers(): Promise<void> {
    return eventually(() => this.ask('ping').startsWith('PONG'));
  }

  /** Of a cluster's node: what it says of itself. */
  get ownLine(): string {
    const lines = this.ask('CLUSTER', 'NODES').split('\n');
    return lines.find((line) => line.includes('myself')) ?? '';
  }

  /** A master, or a replica that has all that its master has. */
  get isInStep(): boolean {
    return /role:master|master_link_status:up/.test(this.ask('INFO', 'replication'));
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async restart(): Promise<void> {
    await this.kill();
    this.#child = this.#spawn();
    await this.answers();
  }

  #spawn(): ChildProcess {
    return spawn('redis-server', this.#words, { stdio: 'ignore' });
  }
}

/** `masters`, each with so many `replicas`; slots are spread evenly. */
export class RedisCluster {
  readonly servers: readonly RedisServer[];

  static async start(
    folder: string,
    { masters, replicas, tls }: { masters: number; replicas: 0 | 1; tls?: Certificates },
  ): Promise<RedisCluster> {
    const ports = new Set<number>();
    while (ports.size < masters * (1 + replicas)) ports.add(await freeBusPort());
    const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', String(AWAY_MS)];
    // One that is away keeps its own slots from being served, and no others.
    options.push('--cluster-require-full-coverage', 'no', ...(tls === undefined ? [] : ['--tls-cluster', 'yes']));
    const cluster = new RedisCluster([...ports].map((port) => new RedisServer(folder, port, options, tls)));
    await Promise.all(cluster.servers.map((server) => server.answers()));
    const addresses = [...ports].map((port) => `127.0.0.1:${port}`);
    redisCli(tls, ['--cluster', 'create', ...addresses, '--cluster-replicas', String(replicas), '--cluster-yes']);
    await cluster.#ready(masters, replicas);
    return cluster;
  }

  private constructor(servers: readonly RedisServer[]) {
    this.servers = servers;
  }

  /** In the form that REDISAI_URL takes, without its protocol. */
  get nodes(): string {
    return this.servers.map(({ port }) => `127.0.0.1:${port}`).join();
  }

  /** The master that serves a slot. */
  masterOf(slot: number): RedisServer {
    return this.servers.find((server) => holds(server.ownLine, slot))!;
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()));
  }

  async #ready(masters: number, replicas: number): Promise<void> {
    const isReady = (server: RedisServer): boolean => {
      const nodes = server.ask('CLUSTER', 'NODES');
      const connected = nodes.match(/ connected/g)?.length;
      const following = nodes.match(/slave /g)?.length ?? 0;
      const isUp = server.ask('CLUSTER', 'INFO').includes('cluster_state:ok');
      return isUp && connected === this.servers.length && following >= masters * replicas;
    };
    await eventually(() => this.servers.every(isReady), 60_000);
    await eventually(() => this.servers.every((server) => server.isInStep));
  }
}

/** A master with a replica, and three Sentinels that know it as `main`. */
export class RedisWithSentinels {
  readonly servers: readonly RedisServer[];
  readonly #sentinels: readonly RedisServer[];

  static async start(folder: string): Promise<RedisWithSentinels> {
    const [port, replicaPort] = [await freePort(), await freePort()];
    const master = new RedisServer(folder, port, []);
    const replica = new RedisServer(folder, replicaPort, ['--replicaof', '127.0.0.1', String(port)]);
    await Promise.all([master, replica].map((server) => server.answers()));
    await eventually(() => replica.ask('INFO', 'replication').includes('role:slave') && replica.isInStep);
    const sentinels = await Promise.all([1, 2, 3].map(() => startSentinel(folder, port)));
    const isKnown = (said: string): boolean => /num-slaves\s1\s/.test(said) && /num-other-sentinels\s2\s/.test(said);
    await eventually(() => sentinels.every((sentinel) => isKnown(sentinel.ask('SENTINEL', 'MASTER', 'main'))), 60_000);
    return new RedisWithSentinels([master, replica], sentinels);
  }

  private constructor(servers: readonly RedisServer[], sentinels: readonly RedisServer[]) {
    this.servers = servers;
    this.#sentinels = sentinels;
  }

  get url(): string {
    return `redis+sentinel://${this.#sentinels.map(({ port }) => `127.0.0.1:${port}`).join()}/main`;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#sentinels, ...this.servers].map((server) => server.kill()));
  }
}

async function startSentinel(folder: string, masterPort: number): Promise<RedisServer> {
  const port = await freePort();
  const file = join(folder, `sentinel-${port}.conf`);
  const settings = [`monitor main 127.0.0.1 ${masterPort} 2`, `down-after-milliseconds main ${AWAY_MS}`];
  settings.push('failover-timeout main 5000');
  writeFileSync(file, settings.map((words) => `sentinel ${words}\n`).join(''));
  const sentinel = new RedisServer(folder, port, [file, '--sentinel']);
  await sentinel.answers();
  return sentinel;
}

/** Ranges follow the eighth field, as `from-to` or one slot. */
function holds(line: string, slot: number): boolean {
  const ranges = line
    .split(' ')
    .slice(8)
    .map((text) => text.split('-').map(Number));
  return ranges.some(([from, to]) => slot >= from! && slot <= (to ?? from!));
}

const tlsWords = (tls: Certificates | undefined): readonly string[] =>
  tls === undefined
    ? []
    : ['--tls-cert-file', tls.server.cert, '--tls-key-file', tls.server.key, '--tls-ca-cert-file', tls.ca];

function redisCli(tls: Certificates | undefined, words: readonly string[]): string {
  const secure = tls && ['--tls', '--cacert', tls.ca, '--cert', tls.client.cert, '--key', tls.client.key];
  return spawnSync('redis-cli', [...(secure ?? []), ...words], { encoding: 'utf8', timeout: 30_000 }).stdout;
}
