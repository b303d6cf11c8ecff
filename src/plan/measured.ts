// What the model is fed with: what a transaction and a Kafka transaction cost each process, as `bench pipeline` measures it.

/** Microseconds of processor time: of each transaction, and of each Kafka transaction beside that. */
export interface Cost {
  readonly each: number;
  readonly batch: number;
}

export interface Measured {
  readonly consumer: Cost;
  readonly engine: Cost;
  readonly broker: Cost;
  /** A Kafka transaction on a broker with little to do: its round trips, one after another. */
  readonly commitMs: number;
}

/** Seconds of processor time for a million, that is µs for each, with so many records in a Kafka transaction. */
export interface CostPoint {
  readonly batchRecords: number;
  readonly worker: number;
  readonly engine: number;
  readonly broker: number;
}

/** docs/performance.md: exactly once on four partitions, on two cores of an AMD EPYC. */
const POINTS: readonly CostPoint[] = [
  { batchRecords: 100, worker: 21.0, engine: 18.2, broker: 23.7 },
  { batchRecords: 500, worker: 14.3, engine: 15.9, broker: 9.8 },
  { batchRecords: 2000, worker: 13.3, engine: 15.3, broker: 5.3 },
];
/** The same page: what publishing takes with little to do; what goes out while a batch is scored is no part of it. */
const COMMIT_MS = 7;

export function measuredFrom(points: readonly CostPoint[], commitMs = COMMIT_MS): Measured {
  const fit = (name: 'worker' | 'engine' | 'broker'): Cost =>
    costThrough(points.map((point) => ({ batchRecords: point.batchRecords, micros: point[name] })));
  return { consumer: fit('worker'), engine: fit('engine'), broker: fit('broker'), commitMs };
}

export const MEASURED: Measured = measuredFrom(POINTS);

/** The line of least squares over 1 / batch: what does not shrink with the batch is each transaction's. Neither is negative. */
function costThrough(points: readonly { readonly batchRecords: number; readonly micros: number }[]): Cost {
  const share = points.map(({ batchRecords }) => 1 / batchRecords);
  const meanShare = mean(share);
  const meanMicros = mean(points.map(({ micros }) => micros));
  const run = share.reduce((sum, x) => sum + (x - meanShare) ** 2, 0);
  const rise = points.reduce((sum, { micros }, i) => sum + (share[i]! - meanShare) * (micros - meanMicros), 0);
  const batch = run === 0 ? 0 : Math.max(0, rise / run);
  return { each: Math.max(0, meanMicros - batch * meanShare), batch };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
