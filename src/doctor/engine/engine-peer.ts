// The engine as the checks see it: what can be asked of it, and what the stream expects there.
import type { SourcePartition } from '../../contracts/engine-keys.ts';
import type { Argument } from '../../stream/dag.ts';
import { describeReply, type Reply } from '../../stream/engine/reply.ts';
import type { Lookup } from '../../stream/options.ts';

export interface EnginePeer {
  /** Never rejects: a refusal is a reply too. */
  readonly ask: (command: string, ...words: readonly Argument[]) => Promise<Reply>;
  readonly tag: string;
  readonly devices: readonly string[];
  readonly lookup: Lookup;
  /** With live history: whose it is, and what of it lies in this shard. */
  readonly history?: HistoryPlan | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface HistoryPlan {
  readonly groupId: string;
  readonly partitions: readonly SourcePartition[];
}

/** A bulk or a status as text; anything else as it would be shown. */
export const textOf = (reply: Reply): string =>
  Buffer.isBuffer(reply) || typeof reply === 'string' ? reply.toString() : describeReply(reply);

export const listOf = (reply: Reply): readonly Reply[] => (Array.isArray(reply) ? (reply as readonly Reply[]) : []);

/** What is named `name` in a list of names and values. */
export function valueOf(reply: Reply, name: string): Reply {
  const list = listOf(reply);
  const at = list.findIndex((word, index) => index % 2 === 0 && textOf(word) === name);
  return at < 0 ? undefined : list[at + 1];
}
