// What the live page is told once a second: plain data, whole each time, so that a page that comes late or comes back misses
// nothing. Shared by the server and the browser's modules; it imports nothing.

export interface Suspect {
  readonly transactionId: string;
  /** Seconds, as in the CSV. */
  readonly time: number;
  readonly amount: number;
  readonly score: number;
  readonly scoreA: number;
  readonly scoreB: number;
  readonly references: number;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly scoredAt: number;
}

/** One figure a second, oldest first, all of the same length. */
export interface History {
  readonly scored: readonly number[];
  /** Milliseconds; null where nothing was published in that second. */
  readonly p50: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
}

export interface SnapshotPartition {
  readonly partition: number;
  readonly position: number;
  readonly end: number;
  readonly lag: number;
}

export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly stream: {
    readonly groupId: string;
    readonly transactionsTopic: string;
    readonly scoresTopic: string;
    readonly delivery: string;
    readonly threshold: number;
    readonly devices: readonly string[];
  };
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly reason: string }[];
  readonly totals: Readonly<Record<'scored' | 'flagged' | 'deadLettered' | 'retried' | 'committed' | 'fenced', number>>;
  readonly history: History;
  readonly partitions: readonly SnapshotPartition[];
  /** Scores so far in twenty buckets of 0.05: those published, and those of each device. */
  readonly scores: readonly number[];
  readonly scoresA: readonly number[];
  readonly scoresB: readonly number[];
  /** Mean distance of the two devices' scores; null before the first. */
  readonly disagreement: number | null;
  /** Newest first. */
  readonly suspects: readonly Suspect[];
  readonly modelDigest: string | null;
}

export interface EngineModel {
  readonly key: string;
  readonly backend: string;
  readonly device: string;
  readonly tag: string;
  readonly inputs: readonly string[];
  readonly calls: number;
  readonly errors: number;
  /** Mean time of a run; null before the first. */
  readonly microsecondsPerRun: number | null;
}

/** What the engine holds for this stream; asked for when a person looks, not every second. */
export interface EngineContents {
  /** Hash tag of the shard that this is of, and those of all. */
  readonly shard: string;
  readonly shards: readonly string[];
  readonly models: readonly EngineModel[];
  readonly script: {
    readonly key: string;
    readonly device: string;
    readonly entryPoints: readonly string[];
    readonly source: string;
  };
  readonly references: number;
  /** Something to run a model or an entry point with: a reference transaction, and keys of some. */
  readonly sample: { readonly transaction: readonly number[]; readonly keys: readonly string[] };
  readonly mayRun: boolean;
}

export interface RunRequest {
  readonly key: string;
  /** Of a script. */
  readonly entryPoint?: string | undefined;
  readonly keys: readonly string[];
  /** FLOAT (1, n) each. */
  readonly inputs: readonly (readonly number[])[];
}

export interface RunResult {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly milliseconds: number;
}
