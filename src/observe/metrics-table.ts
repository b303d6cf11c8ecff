// THE table of metrics: what each is called, what it says, and where its figures come from. Names and units follow
// Prometheus' conventions; docs/operating.md lists them for people.
import type { ConsumerWatch } from './consumer-watch.ts';
import { isReady, readiness } from './readiness.ts';
import type { StreamTally } from './stream-tally.ts';
import type { Tally } from './tally.ts';

export interface Observed {
  readonly tally: StreamTally;
  readonly watch: ConsumerWatch;
  readonly dagsInFlightMax: number;
  /** The population stability index; undefined without a reference, or with too few scores. */
  readonly drift: () => number | undefined;
}

export type Labels = Readonly<Record<string, string | number>>;

interface Row {
  readonly name: string;
  readonly help: string;
}
export interface NumberRow extends Row {
  readonly type: 'counter' | 'gauge';
  readonly read: (observed: Observed) => readonly { readonly labels: Labels; readonly value: number }[];
}
export interface HistogramRow extends Row {
  readonly type: 'histogram';
  readonly read: (observed: Observed) => readonly { readonly labels: Labels; readonly tally: Tally }[];
}
export type MetricRow = NumberRow | HistogramRow;

type ReadNumber = (observed: Observed) => number | undefined;

const number = (type: 'counter' | 'gauge', name: string, help: string, read: ReadNumber): NumberRow => ({
  name: `fraudstream_${name}`,
  help,
  type,
  read: (observed) => {
    const value = read(observed);
    return value === undefined ? [] : [{ labels: {}, value }];
  },
});
const counter = (name: string, help: string, read: ReadNumber): NumberRow => number('counter', name, help, read);
const gauge = (name: string, help: string, read: ReadNumber): NumberRow => number('gauge', name, help, read);

const labelled = (
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  label: string,
  read: (observed: Observed) => Iterable<readonly [string | number, number]>,
): NumberRow => ({
  name: `fraudstream_${name}`,
  help,
  type,
  read: (observed) => Array.from(read(observed), ([key, value]) => ({ labels: { [label]: key }, value })),
});

const histogram = (name: string, help: string, read: (tally: StreamTally) => Tally): HistogramRow => ({
  name: `fraudstream_${name}`,
  help,
  type: 'histogram',
  read: ({ tally }) => [{ labels: {}, tally: read(tally) }],
});

export const METRICS: readonly MetricRow[] = [
  counter(
    'transactions_consumed_total',
    'Records taken from the transactions topic; after a failure some are taken again.',
    ({ tally }) => tally.consumedRecords,
  ),
  counter('transactions_scored_total', 'Transactions whose score was published.', ({ tally }) => tally.scored),
  counter('transactions_flagged_total', 'Published scores at or above the threshold.', ({ tally }) => tally.flagged),
  {
    name: 'fraudstream_dead_letters_total',
    help: 'Records published as dead letters, by the stage that could not go on.',
    type: 'counter',
    read: ({ tally }) =>
      tally.deadLetters.map(({ stage, errorClass, count }) => ({
        labels: { stage, error_class: errorClass },
        value: count,
      })),
  },
  histogram('batch_records', 'Records of each published batch.', (tally) => tally.batchRecords),
  {
    name: 'fraudstream_stage_duration_seconds',
    help: 'Time of each batch in each stage.',
    type: 'histogram',
    read: ({ tally }) =>
      Object.entries(tally.stageSeconds).map(([stage, times]) => ({ labels: { stage }, tally: times })),
  },
  histogram(
    'end_to_end_seconds',
    "From a record's timestamp until its outcome was published.",
    (tally) => tally.endToEndSeconds,
  ),
  gauge('dags_in_flight', 'DAGs with the engine, waiting there or running.', ({ tally }) => tally.dags),
  gauge(
    'dags_in_flight_bound',
    'DAGs that are sent at a time, by what the engine is quickest with.',
    ({ tally }) => tally.dagsBound,
  ),
  gauge('dags_in_flight_max', 'What that bound may grow to.', ({ dagsInFlightMax }) => dagsInFlightMax),
  labelled('gauge', 'consumer_lag', 'Records of an assigned partition that are not handled yet.', 'partition', lags),
  gauge('partitions_assigned', 'Partitions that this consumer has.', ({ tally }) => tally.partitions?.length ?? 0),
  counter('rebalances_total', 'Assignments by the consumer group.', ({ tally }) => tally.rebalances),
  labelled('counter', 'kafka_transactions_total', 'Kafka transactions, by how they ended.', 'outcome', ({ tally }) =>
    Object.entries(tally.transactions),
  ),
  labelled('counter', 'batch_retries_total', 'Batches tried again, by what had failed.', 'cause', ({ tally }) =>
    Object.entries(tally.retries),
  ),
  gauge('engine_up', '1 where the engine holds all it needs to score.', ({ watch }) => Number(!watch.engineTrouble)),
  counter(
    'engine_reconnects_total',
    'New connections to the engine after the first.',
    ({ tally }) => tally.engineReconnects,
  ),
  gauge('ready', '1 where /readyz says so.', ({ tally, watch }) => Number(isReady(readiness(tally, watch)))),
  labelled('gauge', 'model_info', 'The model that scores, by its sha256.', 'digest', ({ watch }) =>
    watch.modelDigest === undefined ? [] : [[watch.modelDigest, 1]],
  ),
  histogram('score', 'Published scores.', (tally) => tally.scores),
  histogram('device_disagreement', "Distance of the two devices' scores.", (tally) => tally.disagreement),
  gauge('score_drift_psi', "Population stability index of the scores against the model card's.", ({ drift }) =>
    drift(),
  ),
];

function lags({ watch }: Observed): (readonly [number, number])[] {
  return watch.partitions.map(({ partition, lag }) => [partition, lag]);
}
