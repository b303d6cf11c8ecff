// What the metrics are told about a batch that was published.
import type { Outcome } from './outcome.ts';
import type { SourceBatch } from './source-record.ts';
import type { PublishedBatch } from './stream-metrics.ts';

export function publishedBatch(outcomes: readonly Outcome[], batch: SourceBatch, now: number): PublishedBatch {
  const deadLetters = outcomes.flatMap((outcome) =>
    outcome.kind === 'dead-letter' ? [outcome.letter.errorClass] : [],
  );
  const timestamps = outcomes.map(({ record }) => record.timestamp);
  const next = outcomes.length === 0 ? batch.end : outcomes.at(-1)!.record.offset + 1;
  return {
    partition: batch.partition,
    next,
    scores: outcomes.length - deadLetters.length,
    frauds: outcomes.filter((outcome) => outcome.kind === 'score' && outcome.score.fraud).length,
    deadLetters,
    lag: Math.max(0, batch.highWatermark - next),
    latencyMsMax: now - Math.min(now, ...timestamps),
    latencyMsMin: now - Math.max(0, ...timestamps),
  };
}
