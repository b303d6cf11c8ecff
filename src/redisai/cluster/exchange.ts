// Each node asks every other one, once a second, which slots have moved: so all learn of a move that only the two nodes
// concerned were told of, and one that was away learns what it has missed. Who does not answer is marked as such.
import { messageOf } from '../../core/errors.ts';
import { ErrorReply } from '../resp/reply.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterNode } from './cluster-node.ts';
import { learnLayout } from './layout-text.ts';
import { Peer } from './peer.ts';

const ASK_EVERY_MS = 1000;
const SILENCE_MS_MAX = 3000;

export interface ExchangeOptions {
  /** Nodes of one cluster share it; empty for none. */
  readonly password: () => string;
  /** Told once of each node that answers, but not as a node of this cluster. */
  readonly onMisfit: (node: ClusterNode, reason: string) => void;
}

export class Exchange {
  readonly #neighbours: readonly Neighbour[];
  #timer: NodeJS.Timeout | undefined = undefined;

  constructor(cluster: Cluster, options: ExchangeOptions) {
    const others = cluster.nodes.filter((node) => node !== cluster.me);
    this.#neighbours = others.map((node) => new Neighbour(cluster, node, options));
  }

  /** Resolves when every node has answered or has turned out not to. */
  async ask(): Promise<void> {
    await Promise.all(this.#neighbours.map((neighbour) => neighbour.ask()));
  }

  start(): void {
    this.#timer = setInterval(() => void this.ask(), ASK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const neighbour of this.#neighbours) neighbour.close();
  }
}

class Neighbour {
  readonly #cluster: Cluster;
  readonly #node: ClusterNode;
  readonly #options: ExchangeOptions;
  #peer: Peer | undefined = undefined;
  /** Of its knowledge, when it was last taken over. */
  #version = '';
  #isAsking = false;
  #isMisfit = false;
  #isClosed = false;

  constructor(cluster: Cluster, node: ClusterNode, options: ExchangeOptions) {
    this.#cluster = cluster;
    this.#node = node;
    this.#options = options;
  }

  async ask(): Promise<void> {
    if (this.#isAsking || this.#isClosed) return;
    this.#isAsking = true;
    try {
      const reply = await (await this.#connected()).send('CLUSTER', 'MOVES', this.#version);
      this.#cluster.unreachable.delete(this.#node);
      this.#take(reply);
    } catch {
      this.#peer?.close();
      this.#cluster.unreachable.add(this.#node);
    } finally {
      this.#isAsking = false;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#peer?.close();
  }

  async #connected(): Promise<Peer> {
    if (this.#peer?.isOpen === true) return this.#peer;
    const peer = await Peer.connect(this.#node.host, this.#node.port, SILENCE_MS_MAX);
    if (this.#isClosed) peer.close();
    this.#peer = peer;
    const password = this.#options.password();
    if (password !== '') this.#take(await peer.send('AUTH', password), () => undefined);
    return peer;
  }

  /** `version\n`, then what has moved, unless that was known. */
  #take(reply: unknown, use: (text: string) => void = (text) => this.#learn(text)): void {
    if (reply instanceof ErrorReply) this.#misfit(reply.text);
    else if (typeof reply === 'string') use(reply);
  }

  #learn(text: string): void {
    const end = text.indexOf('\n');
    try {
      learnLayout(this.#cluster, text.slice(end + 1));
      this.#version = text.slice(0, end);
    } catch (error) {
      this.#misfit(messageOf(error));
    }
  }

  #misfit(reason: string): void {
    if (!this.#isMisfit) this.#options.onMisfit(this.#node, reason);
    this.#isMisfit = true;
  }
}
