// Check: a sample of the reference set names hashes that are there, with thirty numbers in the order that the model expects.
import { referencesKey } from '../../contracts/engine-keys.ts';
import { FEATURE_COUNT, FEATURE_NAMES, TIME_INDEX } from '../../contracts/features.ts';
import { messageOf } from '../../core/errors.ts';
import type { Reply } from '../../stream/engine/reply.ts';
import type { Check } from '../examine.ts';
import { error, ok, warning, type Finding } from '../finding.ts';
import { listOf, textOf, type EnginePeer } from './engine-peer.ts';

/** Members looked at, evenly over the set's ranks. */
const SAMPLE = 50;
const NEXT = 'store them anew: fraudstream provision';

export const REFERENCES: Check<EnginePeer> = {
  name: 'references',
  look: async ({ ask, tag }) => {
    const set = referencesKey(tag);
    const size = await ask('ZCARD', set);
    if (size instanceof Error) return [error(`${set}: ${messageOf(size)}`, NEXT)];
    if (size === 0) return [warning(`${set} is empty: every score is made without a past`, 'fraudstream provision')];
    const members = await sampleOf(ask, set, Number(size));
    const faults = await Promise.all(members.map(async ([key, time]) => faultOf(key, time, await ask('HGETALL', key))));
    const findings = summaries(
      faults.filter((fault) => fault !== undefined),
      members.length,
    );
    return findings.length > 0
      ? findings
      : [ok(`${Number(size)} in ${set}; ${members.length} looked at, all as they should be`)];
  },
};

type Member = readonly [key: string, time: string];

async function sampleOf(ask: EnginePeer['ask'], set: string, size: number): Promise<Member[]> {
  const count = Math.min(SAMPLE, size);
  const ranks = Array.from({ length: count }, (_, index) => String(Math.floor((index * size) / count)));
  const replies = await Promise.all(ranks.map((rank) => ask('ZRANGE', set, rank, rank, 'WITHSCORES')));
  return replies.map((reply) => {
    const [key, time] = listOf(reply);
    // A member that was removed meanwhile would make this rare; a set that cannot be looked at is no healthy one.
    if (key === undefined || time === undefined) throw new Error(`${set} cannot be looked at: ${textOf(reply)}`);
    return [textOf(key), textOf(time)] as const;
  });
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

interface Fault {
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
function summaries(faults: readonly Fault[], sampled: number): Finding[] {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const examples = faults.filter((fault) => fault.kind === kind).map(({ example }) => example);
    const { severity, words } = FAULTS[kind];
    return severity(`${examples.length} of ${sampled} looked at ${words}; e.g. ${examples[0]!}`, NEXT);
  });
}
