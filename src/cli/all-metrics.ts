// One report of the stream, for several who want to know.
import type { StreamMetrics } from '../stream/stream-metrics.ts';

export function allMetrics(all: readonly StreamMetrics[]): StreamMetrics {
  return {
    assigned: (partitions) => all.forEach((each) => each.assigned(partitions)),
    consumed: (records) => all.forEach((each) => each.consumed(records)),
    took: (stage, milliseconds, count) => all.forEach((each) => each.took(stage, milliseconds, count)),
    dagsInFlight: (change) => all.forEach((each) => each.dagsInFlight(change)),
    dagsInFlightBound: (change) => all.forEach((each) => each.dagsInFlightBound(change)),
    identified: (identity, shard) => all.forEach((each) => each.identified(identity, shard)),
    published: (batch) => all.forEach((each) => each.published(batch)),
    retried: (cause) => all.forEach((each) => each.retried(cause)),
    transactionEnded: (end) => all.forEach((each) => each.transactionEnded(end)),
  };
}
