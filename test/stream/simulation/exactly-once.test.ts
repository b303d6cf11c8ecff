// Delivery under crashes, zombies, wrong start offsets, lost and late requests, stolen ids and an engine that comes and goes:
// thousands of simulated runs of the stream's own code, each decided by its seed alone.
//
//   SIMULATION_SEEDS=100000   so many seeds of exactly-once, and a tenth of them of at-least-once
//   SIMULATION_SEED=4711      this one alone, as a failure names it
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/stream/options.ts';
import { MUTANTS } from './mutants.ts';
import { Seeded } from './seeded.ts';
import { simulate, unspoilt, type SimulatedRun, type Spoil } from './world.ts';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 3_000);
const ONLY = process.env['SIMULATION_SEED'];
/** Each mutant is found within so many. */
const MUTANT_SEEDS_MAX = 500;
const REPLAY = 'npx vitest run --project unit test/stream/simulation';
const HOUR_MS = 3_600_000;

interface Campaign {
  readonly firstBad: { readonly seed: number; readonly anomaly: string } | undefined;
  readonly duplicates: number;
  readonly faultsMet: number;
  readonly refused: number;
  readonly runs: number;
}

/** Seed after seed, until the first bad one. */
async function campaign(seeds: Iterable<number>, delivery: Delivery, spoil: Spoil = unspoilt): Promise<Campaign> {
  const sum = { duplicates: 0, faultsMet: 0, refused: 0, runs: 0 };
  for (const seed of seeds) {
    const run = await simulate(seed, delivery, spoil);
    sum.duplicates += run.duplicates;
    sum.faultsMet += run.faultsMet;
    sum.refused += run.refused;
    sum.runs += 1;
    if (run.anomaly !== undefined) return { ...sum, firstBad: { seed, anomaly: run.anomaly } };
    // Lets go of the timers of deadlines that were not needed.
    if (sum.runs % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...sum, firstBad: undefined };
}

function* upTo(count: number): Iterable<number> {
  for (let seed = 1; seed <= count; seed++) yield seed;
}

/** Into the test's output, for whoever wants to know how hard it was. */
const tell = (words: string): void => void process.stdout.write(`${words}\n`);

const chosenSeeds = (count: number): Iterable<number> => (ONLY === undefined ? upTo(count) : [Number(ONLY)]);

const inWords = ({ firstBad }: Campaign): string =>
  firstBad === undefined
    ? 'no bad seed'
    : `seed ${firstBad.seed}: ${firstBad.anomaly}\nonce more: SIMULATION_SEED=${firstBad.seed} ${REPLAY}`;

describe('simulated delivery', { timeout: 1_800_000 }, () => {
  const { stackTraceLimit } = Error;
  const { now } = Date;
  beforeAll(() => {
    // Errors are thrown by the million here, and nobody reads where.
    Error.stackTraceLimit = 0;
    // A clock that jumps by up to an hour, back and forth, each time somebody looks.
    const jumps = new Seeded(0);
    Date.now = () => 1_700_000_000_000 + jumps.below(2 * HOUR_MS) - HOUR_MS;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
    Date.now = now;
  });

  it('exactly-once: each input ends once, in order, rightly, whatever happens, and all of them do', async () => {
    const result = await campaign(chosenSeeds(SEEDS), 'exactly-once');
    tell(`exactly-once: ${result.runs} seeds, ${result.faultsMet} calls failed, ${result.refused} refused`);
    expect(inWords(result)).toBe('no bad seed');
  });

  it('at-least-once: nothing is lost and nothing wrong, though some comes twice', async () => {
    const result = await campaign(chosenSeeds(Math.ceil(SEEDS / 10)), 'at-least-once');
    tell(`at-least-once: ${result.runs} seeds, ${result.duplicates} duplicates`);
    expect(inWords(result)).toBe('no bad seed');
    if (ONLY === undefined) expect(result.duplicates).toBeGreaterThan(0);
  });

  it('meets the faults it claims to survive', async () => {
    const { faultsMet, refused } = await campaign(upTo(200), 'exactly-once');
    expect(faultsMet).toBeGreaterThan(200);
    expect(refused).toBeGreaterThan(200);
  });

  it('is decided by the seed alone', async () => {
    const run = (): Promise<SimulatedRun> => simulate(42, 'exactly-once');
    expect(await run()).toEqual(await run());
  });

  it.each(MUTANTS)('would notice if $what', async ({ what, spoil }) => {
    const { firstBad } = await campaign(upTo(MUTANT_SEEDS_MAX), 'exactly-once', spoil);
    tell(`${what}: noticed at seed ${firstBad?.seed ?? 'none'}, ${firstBad?.anomaly ?? ''}`);
    expect(firstBad?.anomaly).toMatch(/lost|duplicate|out of order|no end in sight/);
  });
});
