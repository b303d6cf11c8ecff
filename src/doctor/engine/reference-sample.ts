// A sample of a sorted set of references: each member has to name a hash that is there, with thirty numbers in the order that the
// model expects.
import { FEATURE_COUNT, FEATURE_NAMES, TIME_INDEX } from '../../contracts/features.ts';
import { messageOf } from '../../core/errors.ts';
import type { Reply } from '../../stream/engine/reply.ts';
import { error, warning, type Finding } from '../finding.ts';
import { listOf, textOf, type EnginePeer } from './engine-peer.ts';

export type Member = readonly [key: string, time: string];

/** At most `most`, evenly over the ranks of a sorted set of `size`. */
export async function membersOf(ask: EnginePeer['ask'], set: string, size: number, most: number): Promise<Member[]> {
  const count = Math.min(most, size);
  const ranks = Array.from({ length: count }, (_, index) => String(Math.floor((index * size) / count)));
  const replies = await Promise.all(ranks.map((rank) => ask('ZRANGE', set, rank, rank, 'WITHSCORES')));
  return replies.flatMap((reply) => {
    if (reply instanceof Error) throw new Error(`${set} cannot be looked at: ${messageOf(reply)}`);
    const [key, time] = listOf(reply);
    // The set may have become smaller meanwhile.
    return key === undefined || time === undefined ? [] : [[textOf(key), textOf(time)] as const];
  });
}

export async function faultsIn(
  ask: EnginePeer['ask'],
  set: string,
  members: readonly Member[],
): Promise<readonly Fault[]> {
  const faults = await Promise.all(
    members.map(async ([key, time]) => {
      const fault = faultOf(key, time, await ask('HGETALL', key));
      const isRemoved = fault?.kind === 'gone' && (await ask('ZSCORE', set, key)) === null;
      return isRemoved ? undefined : fault;
    }),
  );
  return faults.filter((fault) => fault !== undefined);
}

/** What can be wrong with a reference, in the order in which it is looked for: the first that is found is told. */
const FAULTS = {
  unreadable: { severity: error, words: 'cannot be read' },
  gone: { severity: warning, words: 'are gone: scores are made without them' },
  fields: { severity: error, words: 'have the wrong number of fields' },
  order: { severity: error, words: 'have fields in the wrong order' },
  numbers: { severity: error, words: 'hold something else than numbers' },
  time: { severity: error, words: 'stand at another time than their own' },
} as const;

export interface Fault {
  readonly kind: keyof typeof FAULTS;
  /** The key, and what is wrong there. */
  readonly example: string;
}

function faultOf(key: string, time: string, reply: Reply): Fault | undefined {
  const fault = (kind: Fault['kind'], words: string): Fault => ({ kind, example: `${key}: ${words}` });
  if (reply instanceof Error) return fault('unreadable', messageOf(reply));
  const parts = listOf(reply).map(textOf);
  const names = parts.filter((_, index) => index % 2 === 0);
  const values = parts.filter((_, index) => index % 2 === 1);
  if (names.length === 0) return fault('gone', 'the set names it, and there is no such hash');
  if (names.length !== FEATURE_COUNT) return fault('fields', `${names.length} fields, not ${FEATURE_COUNT}`);
  const misplaced = names.findIndex((name, index) => name !== FEATURE_NAMES[index]);
  if (misplaced >= 0)
    return fault('order', `field ${misplaced + 1} is ${names[misplaced]!}, not ${FEATURE_NAMES[misplaced]!}`);
  const odd = values.findIndex((value) => value.trim() === '' || !Number.isFinite(Number(value)));
  if (odd >= 0) return fault('numbers', FEATURE_NAMES[odd]!);
  if (Number(values[TIME_INDEX]) === Number(time)) return undefined;
  return fault('time', `score ${time}, Time ${values[TIME_INDEX]!}`);
}

/** One line for each kind. */
export function summaries(faults: readonly Fault[], sampled: number, next: string): Finding[] {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const examples = faults.filter((fault) => fault.kind === kind).map(({ example }) => example);
    const { severity, words } = FAULTS[kind];
    return severity(`${examples.length} of ${sampled} looked at ${words}; e.g. ${examples[0]!}`, next);
  });
}
