// The cluster as one of its nodes knows it: who serves which hash slot, and which slots are on their way.
import { SLOTS } from '../../core/hash-slot.ts';
import type { ClusterNode, PlannedNode, SlotRange } from './cluster-node.ts';

/** A slot that was given to another node than the file says, and when. */
export interface SlotMove {
  readonly slot: number;
  readonly owner: ClusterNode;
  /** Milliseconds since the epoch, later than any earlier move of the slot that this node knows of. */
  readonly atMs: number;
}

export class Cluster {
  readonly nodes: readonly ClusterNode[];
  readonly me: ClusterNode;
  /** Slots of this node that are going to another, and that are coming from another. */
  readonly migrating = new Map<number, ClusterNode>();
  readonly importing = new Map<number, ClusterNode>();
  /** Nodes that do not answer this one. */
  readonly unreachable = new Set<ClusterNode>();
  /** Told after every change that must outlive this process. */
  onChange: () => void = () => undefined;
  readonly #owners = new Array<ClusterNode | undefined>(SLOTS).fill(undefined);
  /** 0 where the file's word still holds. */
  readonly #movedAtMs = new Float64Array(SLOTS);
  #assigned = 0;
  #version = Date.now();

  /** `me`: index of this node. */
  constructor(nodes: readonly PlannedNode[], me: number) {
    this.nodes = nodes;
    this.me = nodes[me]!;
    for (const node of nodes) {
      for (const [from, to] of node.slots) {
        this.#owners.fill(node, from, to + 1);
        this.#assigned += to + 1 - from;
      }
    }
  }

  ownerOf(slot: number): ClusterNode | undefined {
    return this.#owners[slot];
  }

  /** Slots that some node serves. */
  get assigned(): number {
    return this.#assigned;
  }

  /** Another one after every move of a slot, and after every start. */
  get version(): string {
    return String(this.#version);
  }

  /** As Redis by default: where one slot has no owner, none is served. */
  get isUp(): boolean {
    return this.#assigned === SLOTS;
  }

  /** True where nothing needs to be looked at but the slot. */
  isSettled(slot: number): boolean {
    return this.#owners[slot] === this.me && this.#assigned === SLOTS && !this.migrating.has(slot);
  }

  node(id: string): ClusterNode | undefined {
    return this.nodes.find((node) => node.id === id);
  }

  /** Gives a slot to a node, now. */
  assign(slot: number, owner: ClusterNode): void {
    this.#settle({ slot, owner, atMs: Math.max(Date.now(), this.#movedAtMs[slot]! + 1) });
    this.onChange();
  }

  /** Takes over what another node, or an earlier run of this one, knows and this one does not. */
  learn(moves: Iterable<SlotMove>): void {
    let hasLearnt = false;
    for (const move of moves) {
      if (move.atMs <= this.#movedAtMs[move.slot]!) continue;
      this.#settle(move);
      hasLearnt = true;
    }
    if (hasLearnt) this.onChange();
  }

  /** Every slot whose owner is not from the file. */
  *moves(): Generator<SlotMove> {
    for (let slot = 0; slot < SLOTS; slot++) {
      const atMs = this.#movedAtMs[slot]!;
      if (atMs > 0) yield { slot, owner: this.#owners[slot]!, atMs };
    }
  }

  /** The ranges of all slots that have an owner, in order. */
  *ranges(): Generator<{ readonly owner: ClusterNode; readonly range: SlotRange }> {
    for (let from = 0; from < SLOTS;) {
      const owner = this.#owners[from];
      let to = from;
      while (to + 1 < SLOTS && this.#owners[to + 1] === owner) to++;
      if (owner !== undefined) yield { owner, range: [from, to] };
      from = to + 1;
    }
  }

  rangesOf(node: ClusterNode): SlotRange[] {
    return [...this.ranges()].filter(({ owner }) => owner === node).map(({ range }) => range);
  }

  #settle({ slot, owner, atMs }: SlotMove): void {
    if (this.#owners[slot] === undefined) this.#assigned++;
    this.#owners[slot] = owner;
    this.#movedAtMs[slot] = atMs;
    this.#version++;
    if (owner === this.me) this.importing.delete(slot);
    else this.migrating.delete(slot);
  }
}
