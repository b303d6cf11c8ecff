// Promise: the time of each stage is read from what a consumer's /metrics says, and is that of the batches between two looks.
import { expect, it } from 'vitest';
import { readStageTallies, stageTimesBetween } from '../../../../src/bench/latency/stage-times.ts';

const metrics = (batches: number, records: number, publishSeconds: number): string => `
# HELP fraudstream_batch_records Records of each published batch.
fraudstream_batch_records_bucket{le="1"} 0
fraudstream_batch_records_sum ${records}
fraudstream_batch_records_count ${batches}
fraudstream_stage_duration_seconds_sum{stage="decode"} ${batches / 1000}
fraudstream_stage_duration_seconds_count{stage="decode"} ${batches}
fraudstream_stage_duration_seconds_sum{stage="publish"} ${publishSeconds}
fraudstream_stage_duration_seconds_count{stage="publish"} ${batches}
`;

it('takes the mean of the batches between two looks', () => {
  const [first, last] = [metrics(10, 1000, 5), metrics(30, 1500, 5.4)].map(readStageTallies);
  const { batchRecords, decodeMs, publishMs, lookupMs } = stageTimesBetween(first!, last!);
  expect(batchRecords).toBe(25);
  expect(decodeMs).toBeCloseTo(1);
  expect(publishMs).toBeCloseTo(20);
  expect(lookupMs).toBeNaN();
});
