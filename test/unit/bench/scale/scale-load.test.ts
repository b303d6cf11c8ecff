// Promise: every number of consumers works before every number of engines, and a load's name says which.
import { expect, it } from 'vitest';
import { counted, scaleLoads, type ScaleEngines } from '../../../../src/bench/scale/scale-load.ts';

const engines = (count: number): ScaleEngines => ({
  name: counted(count, 'engine'),
  connections: [],
  startConsumer: () => {
    throw new Error('is not started here');
  },
});

it('takes each pair once', () => {
  const loads = scaleLoads([1, 4], [engines(1), engines(2)]);
  expect(loads.map(({ name, consumers }) => [name, consumers])).toEqual([
    ['1 consumer, 1 engine', 1],
    ['4 consumers, 1 engine', 4],
    ['1 consumer, 2 engines', 1],
    ['4 consumers, 2 engines', 4],
  ]);
});
