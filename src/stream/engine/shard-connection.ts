// A shard's way to its engine in a cluster: over the pipeline of the node that holds its slot now. Whatever shows that it is
// another node has the map of slots looked at anew; the batch is asked again, as after any other failure of the engine.
import type { ClusterNodes } from './cluster-nodes.ts';
import type { EngineConnection, HowToRead } from './engine-connection.ts';
import type { PipelinedConnection } from './pipelined-connection.ts';
import type { Reply } from './reply.ts';
import { verdictOf } from './verdict.ts';

export class ShardConnection implements EngineConnection {
  readonly #nodes: ClusterNodes;
  readonly #slot: number;
  #node: PipelinedConnection | undefined;
  #nodeGeneration = 0;
  #generation = 1;

  constructor(nodes: ClusterNodes, slot: number) {
    this.#nodes = nodes;
    this.#slot = slot;
  }

  /** Another node counts as another connection; so does a node that was lost and came back. */
  get generation(): number {
    return this.#seen(this.#nodes.known(this.#slot));
  }

  async send(bytes: Buffer | string, commands: number, how?: HowToRead): Promise<readonly Reply[]> {
    const node = await this.#nodes.holding(this.#slot);
    this.#seen(node);
    if (node === undefined) {
      this.#nodes.refresh();
      return new Array<Reply>(commands).fill(new Error(`no node of the cluster holds slot ${this.#slot}`));
    }
    const replies = await node.send(bytes, commands, how);
    if (replies.some(tellsOfAnother)) this.#nodes.refresh();
    return replies;
  }

  close(): void {
    this.#nodes.close();
  }

  #seen(node: PipelinedConnection | undefined): number {
    const nodeGeneration = node?.generation ?? 0;
    if (node !== this.#node || nodeGeneration !== this.#nodeGeneration) this.#generation++;
    this.#node = node;
    this.#nodeGeneration = nodeGeneration;
    return this.#generation;
  }
}

/** The slot was moved, or the node was lost: another one may hold its slots by now. */
const tellsOfAnother = (reply: Reply): boolean =>
  reply instanceof Error && (reply.name !== 'ReplyError' || verdictOf(reply) === 'elsewhere');
