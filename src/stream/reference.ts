// Step 3 of the road: which earlier transactions are the reference of this one. One lookup each, one round trip for all.
import { referenceKey } from '../contracts/engine-keys.ts';
import type { Passenger } from './decode.ts';
import { KeyList } from './engine/key-list.ts';
import { describeReply, type Reply } from './engine/reply.ts';
import type { Lookup } from './options.ts';
import { recordFault, type RecordFault } from './record-fault.ts';

/** The newest `limit` references with `since` <= time <= `until`, without `own`: never itself, never what came later. */
export interface ReferenceQuery {
  readonly since: number;
  readonly until: number;
  readonly limit: number;
  /** The key that the transaction itself has where it is reference data too; a character is a byte. */
  readonly own: string;
}

export interface ReferenceOptions {
  readonly tag: string;
  readonly windowSeconds: number;
  readonly referencesMax: number;
  readonly lookup: Lookup;
}

export function referenceQuery({ transaction }: Passenger, options: ReferenceOptions): ReferenceQuery {
  return {
    since: transaction.time - options.windowSeconds,
    until: transaction.time,
    limit: options.referencesMax,
    own: asBytes(referenceKey(options.tag, transaction.transactionId)),
  };
}

/** Where the script looks references up: what it is asked for. */
export function scriptQuery(passenger: Passenger, options: ReferenceOptions): ReferenceQuery | undefined {
  return options.lookup === 'client' || options.referencesMax === 0 ? undefined : referenceQuery(passenger, options);
}

/** The arguments of the lookup: newest first, one more than wanted, since one may be the transaction itself. */
export function lookUpCommand(set: string, { since, until, limit }: ReferenceQuery): readonly [string, ...string[]] {
  return ['ZREVRANGEBYSCORE', set, String(until), String(since), 'LIMIT', '0', String(limit + 1)];
}

/** Text of which each character is a byte; most ids are such text already. */
const asBytes = (text: string): string =>
  Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');

/** Newest first, or why there are none to be had. An empty list is a good answer: the first transactions have no past. */
export type ReferenceKeys = KeyList | RecordFault;

export function readReferenceKeys(reply: Reply, { limit, own }: ReferenceQuery): ReferenceKeys {
  if (reply instanceof KeyList && reply.length <= limit + 1) return reply.without(own).first(limit);
  const errorClass = reply instanceof Error ? 'lookup-refused' : 'reply-shape';
  return recordFault('reference', errorClass, describeReply(reply));
}
