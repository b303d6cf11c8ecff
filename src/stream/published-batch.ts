// What the metrics are told about a batch that was published.
import type { DeadLetterErrorClass } from '../contracts/dead-letter.ts';
import type { Outcome } from './outcome.ts';
import type { SourceBatch } from './source-record.ts';
import type { PublishedBatch } from './stream-metrics.ts';

/** `next` is the offset that was committed: behind the control records at a batch's end, so that its lag comes out as 0. */
export function publishedBatch(
  outcomes: readonly Outcome[],
  batch: SourceBatch,
  next: number,
  now: number,
): PublishedBatch {
  const deadLetters: DeadLetterErrorClass[] = [];
  let [frauds, oldest, newest] = [0, now, 0];
  for (const outcome of outcomes) {
    const { timestamp } = outcome.record;
    if (timestamp < oldest) oldest = timestamp;
    if (timestamp > newest) newest = timestamp;
    if (outcome.kind === 'dead-letter') deadLetters.push(outcome.letter.errorClass);
    else if (outcome.score.fraud) frauds++;
  }
  return {
    partition: batch.partition,
    next,
    outcomes,
    scores: outcomes.length - deadLetters.length,
    frauds,
    deadLetters,
    lag: Math.max(0, batch.highWatermark - next),
    latencyMsMax: now - oldest,
    latencyMsMin: now - newest,
    publishedAt: now,
  };
}
