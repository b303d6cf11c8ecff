// Live history under everything that the simulation of delivery has (exactly-once.test.ts), and an engine that comes back as a
// snapshot had it: each score has to be the one that the topics alone tell.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryOptions } from '../../../src/stream/history/history-options.ts';
import { simulate, unspoilt } from './world.ts';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 3_000);
const ONLY = process.env['SIMULATION_SEED'];

const WHOLE: HistoryOptions = { recordsMax: 1_000, ageMsMax: undefined, entityField: undefined };

describe('simulated live history', { timeout: 1_800_000 }, () => {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it.each([
    ['all of the past', WHOLE],
    ['few offsets', { ...WHOLE, recordsMax: 6 }],
    ['what came lately', { ...WHOLE, recordsMax: 9, ageMsMax: 5 }],
    ['of each card', { ...WHOLE, recordsMax: 9, entityField: 'card' }],
  ])('%s: each score is what the topics tell, whatever happens', async (_name, history) => {
    for (let seed = Number(ONLY ?? 1); seed <= Number(ONLY ?? SEEDS / 20); seed++) {
      const { anomaly } = await simulate(seed, 'exactly-once', unspoilt, history);
      expect(anomaly, `seed ${seed}`).toBeUndefined();
      if (seed % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
