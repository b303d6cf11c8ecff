// Promise: the model of the pipeline agrees with what is known in closed form, moves the way it must, and plans hold what they promise.
import { describe, expect, it } from 'vitest';
import { findPlan, UTILISATION_MAX } from '../../../src/plan/find-layout.ts';
import { MEASURED, measuredFrom } from '../../../src/plan/measured.ts';
import { catchUpSeconds, predict, type Layout } from '../../../src/plan/pipeline-model.ts';
import { meanWait, wait99 } from '../../../src/plan/waiting.ts';

/** A small generator, so that the simulation is the same each time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
}

/** Waits of customers that come at random to one server that takes 1 for each. */
function simulatedWaits(utilisation: number, customers: number): number[] {
  const random = randomOf(7);
  let wait = 0;
  return Array.from({ length: customers }, () => {
    const gap = -Math.log(random()) / utilisation;
    return (wait = Math.max(0, wait + 1 - gap));
  });
}

describe('waiting', () => {
  it.each([0.3, 0.5, 0.8])('agrees with a simulation at a utilisation of %s', (utilisation) => {
    const waits = simulatedWaits(utilisation, 400_000);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(Math.abs(meanWait(utilisation, 1) / mean - 1)).toBeLessThan(0.03);
    const late = waits.sort((a, b) => a - b)[Math.floor(0.99 * waits.length)]!;
    expect(wait99(utilisation, 1) / late).toBeGreaterThan(0.9);
    expect(wait99(utilisation, 1) / late).toBeLessThan(1.4);
  });

  it('has no end where more comes than can be served', () => {
    expect(meanWait(1, 1)).toBe(Infinity);
    expect(wait99(1.2, 1)).toBe(Infinity);
  });
});

describe('the costs', () => {
  it('are parted into those of a transaction and those of a batch', () => {
    const points = [100, 500, 2000].map((batchRecords) => ({
      batchRecords,
      worker: 40 + 2000 / batchRecords,
      engine: 20,
      broker: 5 + 5000 / batchRecords,
    }));
    const { consumer, engine, broker } = measuredFrom(points);
    expect(consumer.each).toBeCloseTo(40);
    expect(consumer.batch).toBeCloseTo(2000);
    expect(engine).toEqual({ each: 20, batch: 0 });
    expect(broker.batch).toBeCloseTo(5000);
  });
});

describe('the pipeline', () => {
  const layout: Layout = { partitions: 8, consumers: 2, engines: 2, brokerCores: 2 };

  it('takes one and a half cycles of a Kafka transaction where there is nothing else to do', () => {
    const free = { each: 0, batch: 0 };
    const { p50Ms, p99Ms } = predict(10, layout, { consumer: free, engine: free, broker: free, commitMs: 20 });
    expect(p50Ms).toBeCloseTo(30);
    expect(p99Ms).toBeCloseTo(39.8);
  });

  it('has batches as large as what comes in during a cycle', () => {
    const { batchRecords, p50Ms } = predict(8_000, layout, MEASURED);
    expect(batchRecords).toBeCloseTo((8_000 / 8) * (p50Ms / 1.5 / 1000), 0);
  });

  it('never takes less time with more to do', () => {
    const times = [100, 1_000, 5_000, 10_000, 20_000].map((rate) => predict(rate, layout, MEASURED).p99Ms);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('names what saturates first', () => {
    expect(predict(5_000, { ...layout, engines: 20, brokerCores: 20 }, MEASURED).first).toBe('consumers');
    expect(predict(5_000, { ...layout, consumers: 8, brokerCores: 20, engines: 1 }, MEASURED).first).toBe('engines');
    expect(predict(1_000_000, layout, MEASURED).p99Ms).toBe(Infinity);
  });

  it('catches up with a pause the sooner the less busy it is', () => {
    const at = (rate: number): number => catchUpSeconds(predict(rate, layout, MEASURED), 3);
    expect(at(1_000)).toBeLessThan(at(10_000));
  });
});

describe('a plan', () => {
  it.each([1_000, 65_000, 1_000_000])('for %s a second keeps its promise', (perSecond) => {
    const plan = findPlan(perSecond, 150, MEASURED)!;
    expect(plan.prediction.p99Ms).toBeLessThanOrEqual(150);
    for (const busy of Object.values(plan.prediction.utilisation)) expect(busy).toBeLessThanOrEqual(UTILISATION_MAX);
    expect(plan.layout.partitions).toBeGreaterThanOrEqual(plan.layout.consumers);
  });

  it('is none where a Kafka transaction alone takes longer', () => {
    expect(findPlan(1_000, 10, MEASURED)).toBeUndefined();
  });
});
