// A cluster as its commands show it: CLUSTER NODES, SLOTS, SHARDS and INFO, in the words of Redis 7.0.
import { MapReply, type Reply } from '../resp/reply.ts';
import type { Cluster } from './cluster.ts';
import { addressOf, type ClusterNode, type SlotRange } from './cluster-node.ts';

/** Nothing is agreed upon by voting here: a node's epoch is its place in the file, from 1. */
const epochOf = ({ index }: ClusterNode): number => index + 1;

const showRange = ([from, to]: SlotRange): string => (from === to ? String(from) : `${from}-${to}`);

/** There is no bus of the cluster's own: its port is shown as 0. */
export function nodesText(cluster: Cluster): string {
  return cluster.nodes.map((node) => nodeLine(cluster, node) + '\n').join('');
}

function nodeLine(cluster: Cluster, node: ClusterNode): string {
  const isMe = node === cluster.me;
  const isAway = cluster.unreachable.has(node);
  const flags = isMe ? 'myself,master' : isAway ? 'master,fail?' : 'master';
  const link = isAway ? 'disconnected' : 'connected';
  const fields = [node.id, `${addressOf(node)}@0`, flags, '-', 0, 0, epochOf(node), link];
  const ranges = cluster.rangesOf(node).map(showRange);
  return [...fields, ...ranges, ...(isMe ? movingSlots(cluster) : [])].join(' ');
}

function movingSlots({ migrating, importing }: Cluster): string[] {
  const leaving = Array.from(migrating, ([slot, { id }]) => `[${slot}->-${id}]`);
  const coming = Array.from(importing, ([slot, { id }]) => `[${slot}-<-${id}]`);
  return [...leaving, ...coming];
}

export function slotsReply(cluster: Cluster): Reply {
  return Array.from(cluster.ranges(), ({ owner, range: [from, to] }) => [
    from,
    to,
    [owner.host, owner.port, owner.id, new MapReply([])],
  ]);
}

export function shardsReply(cluster: Cluster): Reply {
  return cluster.nodes.map(
    (node) =>
      new MapReply([
        ['slots', cluster.rangesOf(node).flat()],
        ['nodes', [shardNode(cluster, node)]],
      ]),
  );
}

function shardNode(cluster: Cluster, node: ClusterNode): Reply {
  return new MapReply([
    ['id', node.id],
    ['port', node.port],
    ['ip', node.host],
    ['endpoint', node.host],
    ['role', 'master'],
    ['replication-offset', 0],
    ['health', cluster.unreachable.has(node) ? 'fail' : 'online'],
  ]);
}

const slotCount = (ranges: readonly SlotRange[]): number => ranges.reduce((sum, [from, to]) => sum + to + 1 - from, 0);

export function infoText(cluster: Cluster): string {
  const size = new Set(Array.from(cluster.ranges(), ({ owner }) => owner)).size;
  const away = slotCount([...cluster.unreachable].flatMap((node) => cluster.rangesOf(node)));
  const lines = [
    `cluster_state:${cluster.isUp ? 'ok' : 'fail'}`,
    `cluster_slots_assigned:${cluster.assigned}`,
    `cluster_slots_ok:${cluster.assigned - away}`,
    `cluster_slots_pfail:${away}`,
    'cluster_slots_fail:0',
    `cluster_known_nodes:${cluster.nodes.length}`,
    `cluster_size:${size}`,
    `cluster_current_epoch:${cluster.nodes.length}`,
    `cluster_my_epoch:${epochOf(cluster.me)}`,
    'cluster_stats_messages_sent:0',
    'cluster_stats_messages_received:0',
    'total_cluster_links_buffer_limit_exceeded:0',
  ];
  return lines.map((line) => line + '\r\n').join('');
}
