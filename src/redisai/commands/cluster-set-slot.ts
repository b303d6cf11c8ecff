// CLUSTER SETSLOT: how a slot goes from one node to another, step by step, as redis-cli's resharding takes them.
//
//   SETSLOT slot MIGRATING id | IMPORTING id | STABLE | NODE id
import type { Cluster } from '../cluster/cluster.ts';
import { addressOf, type ClusterNode } from '../cluster/cluster-node.ts';
import { keySlot, SLOTS } from '../../core/hash-slot.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, type Reply } from '../resp/reply.ts';
import { Redirection } from './cluster-redirect.ts';
import { ReplyError } from './command.ts';
import type { Engine } from './engine.ts';
import { parseInteger } from './numbers.ts';
import type { Session } from './session.ts';

const ACTION = new ErrorReply('ERR Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP');

export function setSlot(cluster: Cluster, session: Session, args: Args): Reply {
  const slot = parseInteger(args.text(2));
  if (slot === undefined || slot < 0 || slot >= SLOTS) return new ErrorReply('ERR Invalid or out of range slot');
  if (args.length === 4 && args.is(3, 'STABLE')) return stabilize(cluster, slot);
  if (args.length !== 5) return ACTION;
  const id = args.text(4);
  if (args.is(3, 'MIGRATING')) return beginMigrating(cluster, slot, id);
  if (args.is(3, 'IMPORTING')) return beginImporting(cluster, slot, id);
  return args.is(3, 'NODE') ? assign(cluster, session, slot, id) : ACTION;
}

function stabilize(cluster: Cluster, slot: number): Reply {
  cluster.migrating.delete(slot);
  cluster.importing.delete(slot);
  return changed(cluster);
}

function beginMigrating(cluster: Cluster, slot: number, id: string): Reply {
  if (cluster.ownerOf(slot) !== cluster.me) return new ErrorReply(`ERR I'm not the owner of hash slot ${slot}`);
  cluster.migrating.set(slot, nodeOf(cluster, id, "I don't know about node"));
  return changed(cluster);
}

function beginImporting(cluster: Cluster, slot: number, id: string): Reply {
  if (cluster.ownerOf(slot) === cluster.me) return new ErrorReply(`ERR I'm already the owner of hash slot ${slot}`);
  cluster.importing.set(slot, nodeOf(cluster, id, "I don't know about node"));
  return changed(cluster);
}

function assign(cluster: Cluster, session: Session, slot: number, id: string): Reply {
  const owner = nodeOf(cluster, id, 'Unknown node');
  const isMine = cluster.ownerOf(slot) === cluster.me;
  const keys = session.engine.keyspace.databases[0]!.slotIndex.keysIn(slot).size;
  if (isMine && owner !== cluster.me && keys > 0) {
    return new ErrorReply(
      `ERR Can't assign hashslot ${slot} to a different node while I still hold keys for this hash slot.`,
    );
  }
  if (keys === 0) cluster.migrating.delete(slot);
  cluster.assign(slot, owner);
  return OK;
}

/** Clients that wait for a key are sent to the node that has its slot now. */
export function releaseWaiting({ sessions }: Engine, cluster: Cluster): void {
  for (const { blocked } of sessions.values()) {
    const slot = blocked === undefined ? undefined : keySlot(blocked.keys[0]!);
    const owner = slot === undefined ? undefined : cluster.ownerOf(slot);
    if (owner !== undefined && owner !== cluster.me) {
      blocked!.finish(new Redirection(`MOVED ${slot} ${addressOf(owner)}`));
    }
  }
}

function changed(cluster: Cluster): Reply {
  cluster.onChange();
  return OK;
}

/** @throws ReplyError */
function nodeOf(cluster: Cluster, id: string, words: string): ClusterNode {
  const node = cluster.node(id);
  if (node === undefined) throw new ReplyError(`ERR ${words} ${id}`);
  return node;
}
