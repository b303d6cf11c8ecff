// Step 3 of the road: which earlier transactions are the reference of this one. One lookup each, one round trip for all.
import { referenceKey } from '../contracts/engine-keys.ts';
import type { Passenger } from './decode.ts';
import { describeReply, type Reply } from './engine/reply.ts';
import { recordFault, type RecordFault } from './record-fault.ts';

/** The newest `limit` references with `since` <= time <= `until`, without `own`: never itself, never what came later. */
export interface ReferenceQuery {
  readonly since: number;
  readonly until: number;
  readonly limit: number;
  /** The key that the transaction itself has where it is reference data too. */
  readonly own: Buffer;
}

export interface ReferenceOptions {
  readonly tag: string;
  readonly windowSeconds: number;
  readonly referencesMax: number;
}

export function referenceQuery({ transaction }: Passenger, options: ReferenceOptions): ReferenceQuery {
  return {
    since: transaction.time - options.windowSeconds,
    until: transaction.time,
    limit: options.referencesMax,
    own: Buffer.from(referenceKey(options.tag, transaction.transactionId)),
  };
}

/** The arguments of the lookup: newest first, one more than wanted, since one may be the transaction itself. */
export function lookUpCommand(set: string, { since, until, limit }: ReferenceQuery): readonly [string, ...string[]] {
  return ['ZREVRANGEBYSCORE', set, String(until), String(since), 'LIMIT', '0', String(limit + 1)];
}

/** The keys, or why there are none to be had. An empty list is a good answer: the first transactions have no past. */
export function readReferenceKeys(reply: Reply, { limit, own }: ReferenceQuery): readonly Buffer[] | RecordFault {
  if (Array.isArray(reply) && reply.length <= limit + 1 && reply.every((key) => Buffer.isBuffer(key)))
    return reply.filter((key) => !key.equals(own)).slice(0, limit);
  const errorClass = reply instanceof Error ? 'lookup-refused' : 'reply-shape';
  return recordFault('reference', errorClass, describeReply(reply));
}
