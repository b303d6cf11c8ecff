// Step 3 of the road: which earlier transactions are the reference of this one. One lookup each, one round trip for all.
import type { Passenger } from './decode.ts';
import { describeReply, type Reply } from './engine/reply.ts';
import { recordFault, type RecordFault } from './record-fault.ts';

/** Keys of the newest `limit` references with `since` <= time < `before`: never itself, never what came later. */
export interface ReferenceQuery {
  readonly since: number;
  readonly before: number;
  readonly limit: number;
}

export interface ReferenceOptions {
  readonly windowSeconds: number;
  readonly referencesMax: number;
}

export function referenceQuery({ transaction }: Passenger, options: ReferenceOptions): ReferenceQuery {
  return {
    since: transaction.time - options.windowSeconds,
    before: transaction.time,
    limit: options.referencesMax,
  };
}

/** The arguments of the lookup: newest first. */
export function lookUpCommand(set: string, query: ReferenceQuery): readonly [string, ...string[]] {
  return ['ZREVRANGEBYSCORE', set, `(${query.before}`, String(query.since), 'LIMIT', '0', String(query.limit)];
}

/** The keys, or why there are none to be had. An empty list is a good answer: the first transactions have no past. */
export function readReferenceKeys(reply: Reply, limit: number): readonly Buffer[] | RecordFault {
  if (Array.isArray(reply) && reply.length <= limit && reply.every((key) => Buffer.isBuffer(key))) return reply;
  const errorClass = reply instanceof Error ? 'lookup-refused' : 'reply-shape';
  return recordFault('reference', errorClass, describeReply(reply));
}
