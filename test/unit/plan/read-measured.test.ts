// Promise: the model takes what benches printed, and says so where they printed nothing that it needs.
import { expect, it } from 'vitest';
import { MEASURED } from '../../../src/plan/measured.ts';
import { readMeasured } from '../../../src/plan/read-measured.ts';

const spread = (median: number): object => ({ median, min: median, max: median });
const load = (batch: number, cpu: number): object => ({
  name: `exactly-once, 4 partitions, batches of ${batch}`,
  workerCpu: spread(cpu),
  engineCpu: spread(20),
  brokerCpu: spread(10),
});
const pipeline = { loads: [load(100, 60), load(1000, 42), { name: 'exactly-once, 1 partition, batches of 500' }] };
const latency = { loads: [{ name: 'exactly-once, 10 % of the maximum', publishMs: spread(7) }] };

it('takes costs from the one bench and the time of a commit from the other', () => {
  const measured = readMeasured([pipeline, latency]);
  expect(measured.consumer.each).toBeCloseTo(40);
  expect(measured.consumer.batch).toBeCloseTo(2000);
  expect(measured.commitMs).toBe(7);
});

it('keeps the default of what no report tells', () => {
  expect(readMeasured([latency]).consumer).toEqual(MEASURED.consumer);
  expect(readMeasured([pipeline]).commitMs).toBe(MEASURED.commitMs);
});

it.each([[[]], [[null, 3, {}]], [[{ loads: [{ name: 1 }, load(500, NaN)] }]]])('refuses %j', (reports) => {
  expect(() => readMeasured(reports)).toThrow('no report names what a transaction costs');
});
