// Up to where a partition's history is written: every scored transaction below `next` is there, as far as it is kept. A sorted
// set of two, since the score of a member can be set on condition that the member is there:
//   member = ("next" | "clock") ":" beginning ":" group
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { describeReply, type Reply } from '../engine/reply.ts';

export interface Mark {
  /** Another one whenever something was taken away that may be seen: who moves the mark of an older one moves nothing. */
  readonly beginning: string;
  readonly next: number;
  /** Highest timestamp of the partition below `next`; 0 where nothing is. */
  readonly clock: number;
}

/** Scores and members, as ZADD takes them. */
export function markWords({ beginning, next, clock }: Mark, group: string): readonly string[] {
  return [String(next), `next:${beginning}:${group}`, String(clock), `clock:${beginning}:${group}`];
}

export function isSame(one: Mark, other: Mark): boolean {
  return one.beginning === other.beginning && one.next === other.next && one.clock === other.clock;
}

/**
 * Of the members with their scores, as ZRANGE gives them; undefined where there is no mark.
 * @throws FraudstreamError where another group writes here: two would undo each other's history for ever
 */
export function readMark(reply: Reply, group: string, key: string): Mark | undefined {
  const words = Array.isArray(reply) ? reply.map(String) : [describeReply(reply)];
  if (words.length === 0) return undefined;
  const [, beginning, owner] = /^(?:next|clock):([^:]*):(.*)$/s.exec(words[0]!) ?? [];
  const scoreOf = (name: string): number => Number(words[words.indexOf(`${name}:${beginning}:${group}`) + 1]);
  const mark = { beginning: beginning!, next: scoreOf('next'), clock: scoreOf('clock') };
  if (owner === group && Number.isSafeInteger(mark.next) && Number.isSafeInteger(mark.clock)) return mark;
  const found =
    owner === undefined || owner === group
      ? `holds ${JSON.stringify(words.join(' ').slice(0, 80))}`
      : `belongs to the group ${owner}`;
  throw new FraudstreamError('HISTORY_NOT_OURS', `the live history in the engine, ${key}, ${found}`, {
    next: `give this group keys of its own (HASH_TAG, and fraudstream provision); or, where that group is gone: DEL ${key}`,
    exitCode: EXIT.config,
  });
}
