// Where a command belongs in a cluster: here, or to the node that the reply names. The rules are those of Redis Cluster.
import type { Cluster } from '../cluster/cluster.ts';
import { addressOf } from '../cluster/cluster-node.ts';
import { keySlot } from '../../core/hash-slot.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply } from '../resp/reply.ts';
import type { Command } from './command.ts';
import { keyPositions } from './key-positions.ts';
import type { Session } from './session.ts';

/** An error that tells a client of a cluster where to go or when to come again; also the answer to an EXEC, as it is. */
export class Redirection extends ErrorReply {}

const CROSS_SLOT = new Redirection("CROSSSLOT Keys in request don't hash to the same slot");
const TRY_AGAIN = new Redirection('TRYAGAIN Multiple keys request during rehashing of slot');
const UNSERVED = new Redirection('CLUSTERDOWN Hash slot not served');
const DOWN = new Redirection('CLUSTERDOWN The cluster is down');
const SCRIPT_DOWN = new ErrorReply('ERR Script attempted to execute a command while the cluster is down');
const SCRIPT_ELSEWHERE = new ErrorReply('ERR Script attempted to access a non local key in a cluster node');

const NO_SLOT = -1;
const MANY_SLOTS = -2;

/** Why the command is not run here; undefined if it is. */
export function redirection(session: Session, cluster: Cluster, command: Command, args: Args): ErrorReply | undefined {
  const isScript = session.caller === 'script';
  if (!isScript) noteAsking(session);
  const isExec = command.name === 'exec';
  const slot = isExec ? slotOfQueue(session) : slotOf(command, args);
  if (slot === NO_SLOT || (slot !== MANY_SLOTS && cluster.isSettled(slot))) return undefined;
  if (slot === MANY_SLOTS) return isScript ? SCRIPT_ELSEWHERE : CROSS_SLOT;
  const error = whyNotHere(session, cluster, command, slot, () =>
    isExec ? queuedKeys(session) : keysOf(command, args),
  );
  return error !== undefined && isScript ? inScript(error) : error;
}

/** Whether keys may be written that a command found here when it began: their slot may have gone meanwhile. */
export function lateRedirection(session: Session, cluster: Cluster, keys: readonly string[]): ErrorReply | undefined {
  for (const key of keys) {
    const slot = keySlot(key);
    if (cluster.isSettled(slot)) continue;
    const error = whyNotHere(session, cluster, undefined, slot, () => [key]);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** ASKING holds for the next command; if that is MULTI, up to EXEC. */
function noteAsking(session: Session): void {
  session.isAsking = session.asksNext || (session.isAsking && session.transaction !== undefined);
  session.asksNext = false;
}

function whyNotHere(
  session: Session,
  cluster: Cluster,
  command: Command | undefined,
  slot: number,
  keys: () => readonly string[],
): Redirection | undefined {
  const owner = cluster.ownerOf(slot);
  if (owner === undefined) return UNSERVED;
  if (!cluster.isUp) return DOWN;
  const target = cluster.migrating.get(slot);
  const isComing = cluster.importing.has(slot);
  if (command?.name === 'migrate' && (target !== undefined || isComing)) return undefined;
  if (owner === cluster.me) {
    if (target === undefined) return undefined;
    const { absent, present } = count(session, keys());
    if (absent === 0) return undefined;
    return present > 0 ? TRY_AGAIN : new Redirection(`ASK ${slot} ${addressOf(target)}`);
  }
  if (isComing && (session.isAsking || command?.flags.includes('asking') === true)) {
    const { absent, present } = count(session, keys());
    return absent > 0 && absent + present > 1 ? TRY_AGAIN : undefined;
  }
  return new Redirection(`MOVED ${slot} ${addressOf(owner)}`);
}

function count({ database }: Session, keys: readonly string[]): { absent: number; present: number } {
  const present = keys.filter((key) => database.entry(key) !== undefined).length;
  return { absent: keys.length - present, present };
}

/** A script cannot be sent elsewhere. */
function inScript(error: Redirection): ErrorReply {
  if (error === TRY_AGAIN) return error;
  return error === DOWN ? SCRIPT_DOWN : SCRIPT_ELSEWHERE;
}

function slotOf(command: Command, args: Args): number {
  const positions = routingPositions(command, args);
  if (positions instanceof ErrorReply) return NO_SLOT;
  let slot = NO_SLOT;
  for (const position of positions) {
    slot = joined(slot, keySlot(args.text(position)));
    if (slot === MANY_SLOTS) break;
  }
  return slot;
}

const joined = (slot: number, next: number): number => (slot === NO_SLOT || slot === next ? next : MANY_SLOTS);

function routingPositions(command: Command, args: Args): readonly number[] | ErrorReply {
  return command.routingKeysIn === undefined ? keyPositions(command, args) : command.routingKeysIn(args);
}

/** Nothing where the arguments do not say. */
function keysOf(command: Command, args: Args): string[] {
  const positions = routingPositions(command, args);
  return positions instanceof ErrorReply ? [] : positions.map((position) => args.text(position));
}

function queuedKeys({ transaction }: Session): string[] {
  return (transaction?.queue ?? []).flatMap(({ command, args }) => keysOf(command, args));
}

function slotOfQueue({ transaction }: Session): number {
  const slots = (transaction?.queue ?? []).map(({ command, args }) => slotOf(command, args));
  return slots.filter((slot) => slot !== NO_SLOT).reduce(joined, NO_SLOT);
}
