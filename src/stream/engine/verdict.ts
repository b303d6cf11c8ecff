// What an engine's failure means for the batch: one table, and every failure has a place in it.
import type { Reply } from './reply.ts';

export type Verdict =
  /** The reply is this item's own, good or bad. */
  | 'own'
  /** The engine is away, starting or full: ask again later, nothing is lost. */
  | 'wait'
  /** The keys lie on another node of a cluster, on their way to one, or on none: never a record's own fault. */
  | 'elsewhere'
  /** A model, the script or the reference set is not there: see who is missing. */
  | 'missing'
  /** A key holds something else than it should, until a person has mended it. */
  | 'wrong-type'
  /** Nobody but a person can mend it. */
  | 'stop';

/** Error replies by their first words, as Redis and RedisAI write them. What stands here nowhere is the item's own. */
const BY_WORDS: readonly (readonly [RegExp, Verdict])[] = [
  [/^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|READONLY)\b/, 'elsewhere'],
  [/^(LOADING|BUSY|OOM|MISCONF|NOREPLICAS|CROSSSLOT)\b/, 'wait'],
  [/max number of clients reached|Redis is configured to save/, 'wait'],
  [/model key is empty|script key is empty|Function does not exist/, 'missing'],
  [/^WRONGTYPE\b/, 'wrong-type'],
  [/^(NOAUTH|NOPERM|WRONGPASS)\b/, 'stop'],
  [/unknown command/i, 'stop'],
];

/** The status with which RedisAI answers a DAG that waited too long: not an error. */
const TIMED_OUT = 'TIMEDOUT';

/** Looks at a whole reply and at the elements of a DAG's. */
export function verdictOf(reply: Reply): Verdict {
  if (reply instanceof Error) return verdictOfError(reply);
  if (!Array.isArray(reply)) return isTimedOut(reply) ? 'wait' : 'own';
  for (const element of reply as readonly Reply[]) {
    const verdict = element instanceof Error ? verdictOfError(element) : 'own';
    // Within a DAG it is one of this record's reference hashes: other records have others.
    if (verdict !== 'own' && verdict !== 'wrong-type') return verdict;
  }
  return 'own';
}

export function isTimedOut(reply: Reply): boolean {
  return Buffer.isBuffer(reply)
    ? reply.length === TIMED_OUT.length && reply.toString() === TIMED_OUT
    : reply === TIMED_OUT;
}

function verdictOfError(error: Error): Verdict {
  // Not an error reply: the connection broke, or the engine did not answer in time.
  if (error.name !== 'ReplyError') return 'wait';
  return BY_WORDS.find(([words]) => words.test(error.message))?.[1] ?? 'own';
}
