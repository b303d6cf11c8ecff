// A transaction as history keeps it, and the batch's own earlier ones as those behind them see them.
import type { Passenger } from '../decode.ts';
import type { HistoryKeys, OrderEntry } from './history-keys.ts';
import type { Retention } from './retention.ts';

export interface Remembered extends OrderEntry {
  readonly passenger: Passenger;
  readonly key: string;
  /** Highest timestamp of the partition up to and with this record. */
  readonly clock: number;
  /** Seconds, of the transaction itself. */
  readonly time: number;
}

/** Undefined for a transaction that does not say whose it is, where history is kept for each entity. */
export function remember(
  passenger: Passenger,
  clock: number,
  keys: HistoryKeys,
  isByEntity: boolean,
): Remembered | undefined {
  const { record, transaction } = passenger;
  const { offset, timestamp } = record;
  const entity = isByEntity ? transaction.entity : undefined;
  if (isByEntity && entity === undefined) return undefined;
  return { passenger, offset, timestamp, entity, clock, time: transaction.time, key: keys.reference(record) };
}

/**
 * For each of a batch, those before it that it sees, newest first, at most `limit`; `hasFailed` are not to be seen.
 * The batch is not in the engine yet, so the engine cannot tell.
 */
export function seenWithinBatch(
  batch: readonly Remembered[],
  retention: Retention,
  hasFailed: (one: Remembered) => boolean,
  { windowSeconds, limit }: { readonly windowSeconds: number; readonly limit: number },
): (readonly Remembered[])[] {
  /** Of each entity, oldest first. */
  const earlier = new Map<string | undefined, Remembered[]>();
  return batch.map((one) => {
    let before = earlier.get(one.entity);
    if (before === undefined) earlier.set(one.entity, (before = []));
    const seen: Remembered[] = [];
    for (let index = before.length - 1; index >= 0 && seen.length < limit; index--) {
      const other = before[index]!;
      if (other.time < one.time - windowSeconds) break;
      if (other.time <= one.time && retention.isVisible(other, one.offset, one.clock)) seen.push(other);
    }
    if (!hasFailed(one)) insertByTime(before, one);
    return seen;
  });
}

/** Mostly the last; of equal times the later offset is the newer one. */
function insertByTime(ordered: Remembered[], one: Remembered): void {
  let at = ordered.length;
  while (at > 0 && ordered[at - 1]!.time > one.time) at--;
  ordered.splice(at, 0, one);
}
