// What makes an engine a node of a cluster while it runs: it remembers which slots have moved, and asks the other nodes.
import { Exchange } from './cluster/exchange.ts';
import type { Cluster } from './cluster/cluster.ts';
import { keySlot } from '../core/hash-slot.ts';
import { releaseWaiting } from './commands/cluster-set-slot.ts';
import type { Engine } from './commands/engine.ts';
import type { EngineLog } from './engine-event.ts';
import { KeptLayout } from './persistence/kept-layout.ts';

export class ClusterMembership {
  readonly #engine: Engine;
  readonly #cluster: Cluster;
  readonly #kept: KeptLayout | undefined;
  readonly #exchange: Exchange;

  constructor(engine: Engine, cluster: Cluster, log: EngineLog) {
    const folder = engine.persistence?.folder;
    this.#engine = engine;
    this.#cluster = cluster;
    this.#kept =
      folder === undefined
        ? undefined
        : new KeptLayout(cluster, folder, (error) => log({ kind: 'snapshot failed', error }));
    this.#exchange = new Exchange(cluster, {
      password: () => engine.settings.password,
      onMisfit: ({ host, port }, reason) => log({ kind: 'not of this cluster', node: `${host}:${port}`, reason }),
    });
  }

  /** To be called when the keys are there and before anybody is served. @throws FraudstreamError */
  async join(): Promise<void> {
    this.#kept?.load();
    await this.#exchange.ask();
    this.#flagStrays();
    this.#cluster.onChange = () => {
      releaseWaiting(this.#engine, this.#cluster);
      this.#kept?.writeSoon();
    };
  }

  /** To be called when everybody is served. */
  start(): void {
    this.#exchange.start();
  }

  leave(): void {
    this.#exchange.stop();
    this.#kept?.close();
  }

  /** Keys of slots that another node has meanwhile: as in Redis they are kept, and their slots shown as importing, for an administrator. */
  #flagStrays(): void {
    for (const key of this.#engine.keyspace.databases[0]!.keys()) {
      const slot = keySlot(key);
      const owner = this.#cluster.ownerOf(slot);
      if (owner !== undefined && owner !== this.#cluster.me) this.#cluster.importing.set(slot, owner);
    }
  }
}
