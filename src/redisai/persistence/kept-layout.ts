// Keeps which slots have moved in the folder of the keys, so that a node knows it again when it starts.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { layoutText, learnLayout } from '../cluster/layout-text.ts';

const FILE_NAME = 'engine.cluster';
/** A resharding moves thousands of slots one by one. */
const WRITE_AFTER_MS = 100;

export class KeptLayout {
  readonly #path: string;
  readonly #cluster: Cluster;
  readonly #onFailure: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined = undefined;

  constructor(cluster: Cluster, folder: string, onFailure: (error: unknown) => void) {
    this.#cluster = cluster;
    this.#path = join(folder, FILE_NAME);
    this.#onFailure = onFailure;
  }

  /** @throws FraudstreamError */
  load(): void {
    if (!existsSync(this.#path)) return;
    try {
      learnLayout(this.#cluster, readFileSync(this.#path, 'utf8'));
    } catch (error) {
      throw new FraudstreamError('CLUSTER_LAYOUT_INVALID', `${this.#path} cannot be used: ${messageOf(error)}.`, {
        next: 'Give the folder of this node in this cluster; or remove the file, and every slot is where the file of nodes says.',
        exitCode: EXIT.data,
        cause: error,
      });
    }
  }

  /** What changes meanwhile is written with it. */
  writeSoon(): void {
    this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS);
  }

  /** Writes what is still to be written. */
  close(): void {
    if (this.#timer !== undefined) this.#write();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      writeFileSync(this.#path + '.new', layoutText(this.#cluster), { mode: 0o600 });
      renameSync(this.#path + '.new', this.#path);
    } catch (error) {
      this.#onFailure(error);
    }
  }
}
