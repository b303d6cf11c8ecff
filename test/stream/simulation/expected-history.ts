// What a transaction of a simulated run with live history has to have seen, worked out from the topics alone, as docs/live-history.md
// defines it: nothing of src/stream is used.
import { decodeFraudScore } from '../../../src/contracts/fraud-score.ts';
import { PROVISIONED } from './engine.ts';
import type { World } from './world.ts';

/** Offsets, newest first; then what is provisioned. */
export function referencesSeen(world: World, offset: number): readonly number[] {
  const { input, options } = world;
  const { windowSeconds, referencesMax, history } = options;
  const scored = (world.scoredOffsets ??= scoredOffsets(world));
  const timestamps = input.records.filter((record) => record.offset <= offset).map(({ timestamp }) => timestamp);
  const clock = Math.max(...timestamps);
  const oldestTimestamp = clock - (history!.ageMsMax ?? Number.POSITIVE_INFINITY);
  const now = input.times[offset]!;
  const seen = input.records.filter(
    (record) =>
      scored.has(record.offset) &&
      record.offset < offset &&
      record.offset >= offset - history!.recordsMax &&
      record.timestamp >= oldestTimestamp &&
      input.times[record.offset]! <= now &&
      input.times[record.offset]! >= now - windowSeconds &&
      (history!.entityField === undefined || input.entities[record.offset] === input.entities[offset]),
  );
  const own = seen.map((record) => record.offset).sort((a, b) => input.times[b]! - input.times[a]! || b - a);
  if (history!.entityField === undefined) return [...own, ...PROVISIONED].slice(0, referencesMax);
  return input.entities[offset] === undefined ? PROVISIONED : own.slice(0, referencesMax);
}

function scoredOffsets({ broker }: World): ReadonlySet<number> {
  const committed = broker.log.filter(({ topic, isCommitted }) => topic === 'scores' && isCommitted);
  return new Set(committed.map(({ message }) => decodeFraudScore(message.value as Buffer).sourceOffset));
}
