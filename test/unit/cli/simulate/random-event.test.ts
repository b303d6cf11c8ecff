// Promise: a simulated transaction stands at the end of its interval, inside what the references span, and is a real one.
import { expect, it } from 'vitest';
import { randomEvents, type SimulatedEvent } from '../../../../src/cli/simulate/random-event.ts';

const first = (count: number, seed: number): SimulatedEvent[] => {
  const events = randomEvents({ from: 1000, to: 90_000 }, seed);
  return Array.from({ length: count }, () => events.next().value as SimulatedEvent);
};

it('looks back from the transaction, never beyond the span', () => {
  for (const { interval, transaction } of first(50, 7)) {
    expect(interval.from).toBeGreaterThanOrEqual(1000);
    expect(interval.from).toBeLessThanOrEqual(interval.to);
    expect(interval.to).toBe(transaction.time);
    expect(transaction.features).toHaveLength(30);
    expect([...transaction.features].every(Number.isFinite)).toBe(true);
    expect(transaction.features[0]).toBeCloseTo(transaction.time, -1);
  }
});

it('draws both kinds, and the same ones for the same seed', () => {
  const labels = first(50, 7).map(({ transaction }) => transaction.label);
  expect(new Set(labels)).toEqual(new Set([0, 1]));
  expect(first(5, 3)).toEqual(first(5, 3));
  expect(first(5, 3)).not.toEqual(first(5, 4));
});
