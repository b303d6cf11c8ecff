// Up to where a partition's history is written: every scored transaction below `next` is there, as far as it is kept.
//   mark = next ":" clock ":" group
import { EXIT, FraudstreamError } from '../../core/errors.ts';

export interface Mark {
  readonly next: number;
  /** Highest timestamp of the partition below `next`; 0 where nothing is. */
  readonly clock: number;
}

export const markText = ({ next, clock }: Mark, group: string): string => `${next}:${clock}:${group}`;

/** @throws FraudstreamError where another group writes here: two would undo each other's history for ever */
export function readMark(text: string, group: string, key: string): Mark {
  const [, next, clock, owner] = /^(\d{1,16}):(\d{1,16}):(.*)$/s.exec(text) ?? [];
  if (owner === group) return { next: Number(next), clock: Number(clock) };
  const words = owner === undefined ? `holds ${JSON.stringify(text.slice(0, 40))}` : `belongs to the group ${owner}`;
  throw new FraudstreamError('HISTORY_NOT_OURS', `the live history in the engine, ${key}, ${words}`, {
    next: `give this group keys of its own (HASH_TAG, and fraudstream provision); or, where that group is gone: DEL ${key}`,
    exitCode: EXIT.config,
  });
}
