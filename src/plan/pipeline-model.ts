// The pipeline as queues. A partition works in cycles: what came in during one is the batch of the next; a cycle is the
// consumer's work, the engine's work, each behind the batches of other partitions, and the Kafka transaction.
import type { Cost, Measured } from './measured.ts';
import { meanWait, wait99 } from './waiting.ts';

export interface Layout {
  readonly partitions: number;
  /** Processes, each with a core of its own; so are the engines. */
  readonly consumers: number;
  readonly engines: number;
  /** Cores of all brokers, followers' work left out. */
  readonly brokerCores: number;
}

export type Part = 'consumers' | 'engines' | 'brokers';

export interface Prediction {
  /** Of each part, the share of time in which it works. */
  readonly utilisation: Readonly<Record<Part, number>>;
  /** What saturates first. */
  readonly first: Part;
  /** Records of a Kafka transaction. */
  readonly batchRecords: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The default of `consume`. */
export const BATCH_RECORDS_MAX = 2_000;
const ROUNDS = 100;
const MICROSECONDS = 1e-6;

export function predict(perSecond: number, layout: Layout, measured: Measured): Prediction {
  let batchRecords = 1;
  let cycle = cycleOf(perSecond, batchRecords, layout, measured);
  // The batch that comes in while a batch of this size is worked on; half-way each time, so that it settles.
  for (let round = 0; round < ROUNDS; round += 1) {
    const incoming = Number.isFinite(cycle.ms)
      ? (perSecond / layout.partitions) * (cycle.ms / 1000)
      : BATCH_RECORDS_MAX;
    batchRecords = (batchRecords + Math.min(BATCH_RECORDS_MAX, Math.max(1, incoming))) / 2;
    cycle = cycleOf(perSecond, batchRecords, layout, measured);
  }
  const { utilisation, ms, tailMs } = cycle;
  const parts = Object.keys(utilisation) as Part[];
  const first = parts.reduce((most, part) => (utilisation[part] > utilisation[most] ? part : most));
  // A record comes at any moment of one cycle, and is through at the end of the next.
  return { utilisation, first, batchRecords, p50Ms: 1.5 * ms, p99Ms: 1.99 * ms + tailMs };
}

interface Cycle {
  readonly utilisation: Prediction['utilisation'];
  readonly ms: number;
  /** By how much 1 of 100 is later, for those before it. */
  readonly tailMs: number;
}

function cycleOf(perSecond: number, batchRecords: number, layout: Layout, measured: Measured): Cycle {
  const { partitions, consumers, engines, brokerCores } = layout;
  const load = (cost: Cost, servers: number): number =>
    (perSecond * (cost.each + cost.batch / batchRecords) * MICROSECONDS) / servers;
  const utilisation = {
    consumers: load(measured.consumer, consumers),
    engines: load(measured.engine, engines),
    brokers: load(measured.broker, brokerCores),
  };
  const serviceMs = (cost: Cost): number => (cost.each * batchRecords + cost.batch) / 1000;
  // A batch waits for those of other partitions only.
  const others = (servers: number): number => Math.max(0, 1 - servers / partitions);
  const stations = [
    { ms: serviceMs(measured.consumer), load: utilisation.consumers, others: others(consumers) },
    { ms: serviceMs(measured.engine), load: utilisation.engines, others: others(engines) },
  ];
  const commitMs = utilisation.brokers >= 1 ? Infinity : measured.commitMs / (1 - utilisation.brokers);
  const waitOf = (station: (typeof stations)[number], wait: typeof meanWait): number =>
    station.load >= 1 ? Infinity : station.others * wait(station.load, station.ms);
  const mean = stations.reduce((sum, station) => sum + waitOf(station, meanWait), 0);
  const late = stations.reduce((sum, station) => sum + waitOf(station, wait99), 0);
  const ms = stations.reduce((sum, station) => sum + station.ms, 0) + mean + commitMs;
  return { utilisation, ms, tailMs: Number.isFinite(late) ? Math.max(0, late - mean) : Infinity };
}

/** Seconds until the backlog of a pause, as a rebalance makes it, is worked off again. */
export function catchUpSeconds({ utilisation, first }: Prediction, pauseSeconds: number): number {
  const busy = utilisation[first];
  return busy >= 1 ? Infinity : (pauseSeconds * busy) / (1 - busy);
}
