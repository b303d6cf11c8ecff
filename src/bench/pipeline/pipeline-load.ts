// The loads of the pipeline's bench: a table, one line each.

/** Who works: the consumer itself, or what it is compared with (baseline-process.ts). */
export type Worker = 'consumer' | 'ceiling' | 'one-at-a-time';

export interface PipelineLoad {
  readonly name: string;
  readonly worker: Worker;
  readonly delivery: 'exactly-once' | 'at-least-once';
  readonly partitions: number;
  /** Records of one Kafka transaction, or of one send. */
  readonly batchRecordsMax: number;
  /** Of the transactions on the topic, how many are worked through: what is slow takes fewer. */
  readonly share: number;
  /** Whether scored transactions become reference data. */
  readonly liveHistory: boolean;
}

const MANY = 4;
/** What a consumer takes unless it is told otherwise. */
const BATCH = 2000;

const consumer = (delivery: PipelineLoad['delivery'], partitions: number, batchRecordsMax: number): PipelineLoad => ({
  name: `${delivery}, ${partitions} ${partitions === 1 ? 'partition' : 'partitions'}, batches of ${batchRecordsMax}`,
  worker: 'consumer',
  delivery,
  partitions,
  batchRecordsMax,
  share: 1,
  liveHistory: false,
});

/** Loads that goals and ratios speak of. */
export const EXACTLY_ONCE = consumer('exactly-once', MANY, BATCH);
export const AT_LEAST_ONCE = consumer('at-least-once', MANY, BATCH);
export const LIVE_HISTORY: PipelineLoad = {
  ...EXACTLY_ONCE,
  name: `${EXACTLY_ONCE.name}, live history`,
  liveHistory: true,
};
export const CEILING: PipelineLoad = {
  ...EXACTLY_ONCE,
  name: 'kafkajs alone: consume and produce in Kafka transactions, no scoring',
  worker: 'ceiling',
};
export const ONE_AT_A_TIME: PipelineLoad = {
  ...AT_LEAST_ONCE,
  name: 'one transaction at a time: lookup, DAG, TENSORGET, each awaited',
  worker: 'one-at-a-time',
  share: 0.05,
};

/** In the order in which a round takes them: those that are compared stand side by side. */
export const PIPELINE_LOADS: readonly PipelineLoad[] = [
  CEILING,
  EXACTLY_ONCE,
  LIVE_HISTORY,
  AT_LEAST_ONCE,
  ONE_AT_A_TIME,
  consumer('exactly-once', MANY, 100),
  consumer('exactly-once', MANY, 500),
  consumer('exactly-once', 1, BATCH),
];
