// Where the consumer's time goes, by its own metrics: between two looks, the mean batch in each stage.
import { STAGES, type Stage } from '../../stream/stream-metrics.ts';

export interface StageTimes {
  /** Records of a published batch. */
  readonly batchRecords: number;
  readonly decodeMs: number;
  readonly lookupMs: number;
  readonly dagMs: number;
  readonly publishMs: number;
}

interface Tally {
  readonly sum: number;
  readonly count: number;
}

export interface StageTallies {
  readonly batchRecords: Tally;
  readonly stages: Readonly<Record<Stage, Tally>>;
}

/** `text` is what /metrics of a consumer answers. */
export function readStageTallies(text: string): StageTallies {
  const tally = (name: string, labels = ''): Tally => ({
    sum: sample(text, `${name}_sum${labels}`),
    count: sample(text, `${name}_count${labels}`),
  });
  const stage = (name: Stage): Tally => tally('fraudstream_stage_duration_seconds', `{stage="${name}"}`);
  return {
    batchRecords: tally('fraudstream_batch_records'),
    stages: Object.fromEntries(STAGES.map((name) => [name, stage(name)])) as Record<Stage, Tally>,
  };
}

export function stageTimesBetween(first: StageTallies, last: StageTallies): StageTimes {
  const ms = (stage: Stage): number => 1000 * meanBetween(first.stages[stage], last.stages[stage]);
  return {
    batchRecords: meanBetween(first.batchRecords, last.batchRecords),
    decodeMs: ms('decode'),
    lookupMs: ms('lookup'),
    dagMs: ms('dag'),
    publishMs: ms('publish'),
  };
}

const meanBetween = (first: Tally, last: Tally): number => (last.sum - first.sum) / (last.count - first.count);

/** 0 where nothing was counted under it yet. */
function sample(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}
