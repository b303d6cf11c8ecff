// CLUSTER, READONLY, READWRITE and ASKING: a node of a cluster says what it knows, and is told of slots that move.
import { movesText } from '../cluster/layout-text.ts';
import { infoText, nodesText, shardsReply, slotsReply } from '../cluster/describe.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { keySlot, SLOTS } from '../../core/hash-slot.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, Verbatim, type Reply } from '../resp/reply.ts';
import { setSlot } from './cluster-set-slot.ts';
import { NO_KEYS, ReplyError, type Command } from './command.ts';
import { container, define, help, type Execute } from './define.ts';
import { NO_CLUSTER } from './errors.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';

type ClusterExecute = (cluster: Cluster, session: Session, args: Args) => Reply;

/** Outside of a cluster there is one answer to everything. */
const inCluster =
  (execute: ClusterExecute): Execute =>
  (session, args) => {
    const { cluster } = session.engine;
    return cluster === undefined ? NO_CLUSTER : execute(cluster, session, args);
  };

/** @throws ReplyError */
function slotAt(args: Args, i: number, words: string): number {
  const slot = integerAt(args, i);
  if (slot < 0 || slot >= SLOTS) throw new ReplyError(`ERR ${words}`);
  return slot;
}

function countKeysInSlot(_: Cluster, session: Session, args: Args): Reply {
  return session.database.slotIndex.keysIn(slotAt(args, 2, 'Invalid slot')).size;
}

// CLUSTER GETKEYSINSLOT slot count
function getKeysInSlot(_: Cluster, session: Session, args: Args): Reply {
  const words = 'Invalid slot or number of keys';
  const slot = integerAt(args, 2);
  const count = integerAt(args, 3);
  if (slot < 0 || slot >= SLOTS || count < 0) return new ErrorReply(`ERR ${words}`);
  const keys: string[] = [];
  for (const key of session.database.slotIndex.keysIn(slot)) {
    if (keys.length >= count) break;
    keys.push(key);
  }
  return keys;
}

/** There are none: every node serves slots of its own. */
function replicas(cluster: Cluster, _: Session, args: Args): Reply {
  return cluster.node(args.text(2)) === undefined ? new ErrorReply(`ERR Unknown node ${args.text(2)}`) : [];
}

// CLUSTER MOVES [version]: which slots are no longer where the file of nodes says; nodes ask one another
function moves(cluster: Cluster, _: Session, args: Args): Reply {
  const isKnown = args.length > 2 && args.text(2) === cluster.version;
  return `${cluster.version}\n${isKnown ? '' : movesText(cluster)}`;
}

const FIXED: ClusterExecute = (_, _session, args) =>
  new ErrorReply(
    `ERR CLUSTER ${args.word(1)} is not supported: the nodes of this cluster are those of the file that it was started with`,
  );

function asking(_: Cluster, session: Session): Reply {
  session.asksNext = true;
  return OK;
}

const HELP = help([
  'CLUSTER <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
  'COUNTKEYSINSLOT <slot>',
  'GETKEYSINSLOT <slot> <count>',
  'INFO',
  'KEYSLOT <key>',
  'LINKS',
  'MOVES [<version>]',
  'MYID',
  'NODES',
  'REPLICAS <node-id>',
  'SETSLOT <slot> (IMPORTING <node-id>|MIGRATING <node-id>|STABLE|NODE <node-id>)',
  'SHARDS',
  'SLOTS',
]);

const ASK = 'stale';
const ADMIN = 'admin stale';

const asked = (name: string, arity: number, execute: ClusterExecute): Command =>
  define(name, arity, ASK, NO_KEYS, inCluster(execute));
const administered = (name: string, arity: number, execute: ClusterExecute): Command =>
  define(name, arity, ADMIN, NO_KEYS, inCluster(execute));

const SUBCOMMANDS: readonly Command[] = [
  asked('countkeysinslot', 3, countKeysInSlot),
  asked('getkeysinslot', 4, getKeysInSlot),
  asked('info', 2, (cluster) => new Verbatim(infoText(cluster))),
  asked('keyslot', 3, (_, _session, args) => keySlot(args.text(2))),
  asked('links', 2, () => []),
  asked('moves', -2, moves),
  asked('myid', 2, ({ me }) => me.id),
  asked('nodes', 2, (cluster) => new Verbatim(nodesText(cluster))),
  asked('shards', 2, shardsReply),
  asked('slots', 2, slotsReply),
  administered('replicas', 3, replicas),
  administered('slaves', 3, replicas),
  administered('count-failure-reports', 3, (cluster, session, args) => {
    const known = replicas(cluster, session, args);
    return known instanceof ErrorReply ? known : 0;
  }),
  administered('saveconfig', 2, (cluster) => {
    cluster.onChange();
    return OK;
  }),
  administered('setslot', -4, setSlot),
  administered('addslots', -3, FIXED),
  administered('addslotsrange', -4, FIXED),
  administered('bumpepoch', 2, FIXED),
  administered('delslots', -3, FIXED),
  administered('delslotsrange', -4, FIXED),
  administered('failover', -2, FIXED),
  administered('flushslots', 2, FIXED),
  administered('forget', 3, FIXED),
  administered('meet', -4, FIXED),
  administered('replicate', 3, FIXED),
  administered('reset', -2, FIXED),
  administered('set-config-epoch', 3, FIXED),
  { ...HELP, execute: inCluster((_, session, args) => HELP.execute(session, args) as Reply) },
];

const CONNECTION = { categories: ['connection'] };

export const CLUSTER_COMMANDS: readonly Command[] = [
  container('cluster', [], SUBCOMMANDS),
  define(
    'readonly',
    1,
    'loading stale fast',
    NO_KEYS,
    inCluster(() => OK),
    CONNECTION,
  ),
  define(
    'readwrite',
    1,
    'loading stale fast',
    NO_KEYS,
    inCluster(() => OK),
    CONNECTION,
  ),
  define('asking', 1, 'fast', NO_KEYS, inCluster(asking), CONNECTION),
];
