// How the stream takes part in traces that began elsewhere: whoever starts it may hand this in, and turns it into spans.
import type { SourceBatch, SourceRecord } from './source-record.ts';

export interface StreamTraces {
  /** Does the work on a batch; what the stream reports meanwhile belongs to that batch. */
  batch<Result>(batch: SourceBatch, work: () => Promise<Result>): Promise<Result>;
  /** What a score or a dead letter carries on: the context of its transaction or, where that has none, of the batch at work. */
  headersOf(record: SourceRecord): Readonly<Record<string, string>>;
}
