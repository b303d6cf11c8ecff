// One node of a cluster, and the ranges of hash slots that it serves.

export interface ClusterNode {
  /** 40 hexadecimal digits. */
  readonly id: string;
  /** As clients reach it. */
  readonly host: string;
  readonly port: number;
  /** Place in the file of nodes, from 0. */
  readonly index: number;
}

/** Slots from … to, both included. */
export type SlotRange = readonly [from: number, to: number];

/** A node with the slots that the file gives it. */
export interface PlannedNode extends ClusterNode {
  readonly slots: readonly SlotRange[];
}

export const addressOf = ({ host, port }: ClusterNode): string => `${host}:${port}`;
