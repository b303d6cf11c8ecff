// Makes the snapshot of this second from what was counted and what was last seen.
import type { ConsumerWatch } from '../consumer-watch.ts';
import { readiness } from '../readiness.ts';
import type { StreamTally } from '../stream-tally.ts';
import type { StreamHistory } from './history.ts';
import type { Snapshot } from './snapshot.ts';

export interface SnapshotParts {
  readonly tally: StreamTally;
  readonly watch: ConsumerWatch;
  readonly history: StreamHistory;
  readonly stream: Snapshot['stream'];
}

export function takeSnapshot({ tally, watch, history, stream }: SnapshotParts): Snapshot {
  const { scored, flagged, deadLettered, retries, transactions, disagreement } = tally;
  const { committed, fenced } = transactions;
  return {
    at: Date.now(),
    stream,
    checks: readiness(tally, watch),
    totals: { scored, flagged, deadLettered, retried: retries.engine + retries.kafka, committed, fenced },
    history: history.all,
    partitions: watch.partitions.map(({ partition, position, end, lag }) => ({ partition, position, end, lag })),
    scores: Array.from(tally.scores.counts.slice(0, -1)),
    scoresA: Array.from(tally.scoresA.counts.slice(0, -1)),
    scoresB: Array.from(tally.scoresB.counts.slice(0, -1)),
    disagreement: disagreement.count === 0 ? null : disagreement.sum / disagreement.count,
    suspects: tally.suspects.newestFirst(),
    modelDigest: watch.modelDigest ?? null,
  };
}
