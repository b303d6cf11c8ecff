// Exactly once under crashes, zombies, wrong start offsets and lost replies, thousands of times over, each from its seed.
import { describe, expect, it } from 'vitest';
import { Abandoned, type Waiting } from '../../src/stream/backoff.ts';
import { deadLetterOutcome } from '../../src/stream/outcome.ts';
import type { PartitionLog } from '../../src/stream/partition-log.ts';
import { PartitionWorker } from '../../src/stream/partition-worker.ts';
import { recordFault } from '../../src/stream/record-fault.ts';
import { NO_LOG } from '../../src/stream/stream-log.ts';
import { Scheduler, Seeded } from './seeded.ts';
import { SimulatedKafka } from './simulated-kafka.ts';

const RECORDS = 40;
const MEMBERS = 3;
const STEPS_MAX = 20_000;

interface World {
  readonly kafka: SimulatedKafka;
  readonly scheduler: Scheduler;
  readonly random: Seeded;
  /** What a member's worker is given for a log: the simulated one, or one that does something wrong. */
  readonly logFor: (kafka: SimulatedKafka) => PartitionLog;
}

/** A member of the group that believes for a while that the partition is its own. Several may: that is what zombies are. */
class Member {
  readonly #world: World;
  #worker: PartitionWorker;
  #owns = new AbortController();

  constructor(world: World) {
    this.#world = world;
    this.#worker = this.#newWorker();
    this.#owns.abort();
  }

  get owns(): boolean {
    return !this.#owns.signal.aborted;
  }

  /** As after a rebalance; the member reads its start offset first, and from then on believes in it. */
  assign(): void {
    this.#owns = new AbortController();
    void this.#worker.doubt();
    void this.#consume(this.#owns.signal);
  }

  revoke(): void {
    this.#owns.abort();
  }

  /** kill -9: nothing is finished, nothing is said. What it was doing may still reach the broker. */
  crash(): void {
    this.revoke();
    this.#worker = this.#newWorker();
  }

  async #consume(signal: AbortSignal): Promise<void> {
    const { kafka, scheduler, random } = this.#world;
    const worker = this.#worker;
    let position = random.chance(0.2) ? random.below(RECORDS) : (kafka.committed ?? 0);
    while (!signal.aborted) {
      await scheduler.step();
      const batch = kafka.fetch(position);
      if (batch.records.length === 0) continue;
      try {
        position = await worker.take(batch, signal);
      } catch (error) {
        if (!(error instanceof Abandoned)) throw error;
      }
    }
  }

  #newWorker(): PartitionWorker {
    const { kafka, scheduler, logFor } = this.#world;
    const waiting: Waiting = {
      async pause(_attempt, signal) {
        await scheduler.step();
        if (signal.aborted) throw new Abandoned();
      },
    };
    return new PartitionWorker(0, {
      partitions: logFor(kafka),
      score: async (records) => {
        await scheduler.step();
        return records.map((record) => deadLetterOutcome(record, recordFault('decode', 'no-value', '')));
      },
      waiting,
      log: NO_LOG,
      published: () => {},
      retried: () => {},
      batchRecordsMax: 4,
    });
  }
}

/** The group's coordinator, and fate: assigns, revokes, lets two members own at once, kills. */
async function simulate(seed: number, logFor: World['logFor']): Promise<{ kafka: SimulatedKafka; finished: boolean }> {
  const random = new Seeded(seed);
  const scheduler = new Scheduler(random);
  const kafka = new SimulatedKafka(RECORDS, random, scheduler, { lostRequest: 0.05, lostReply: 0.1 });
  const world: World = { kafka, scheduler, random, logFor };
  const members = Array.from({ length: MEMBERS }, () => new Member(world));
  const isDone = (): boolean => kafka.committed === RECORDS;
  const fate = async (): Promise<void> => {
    while (!isDone()) {
      const member = members[random.below(MEMBERS)]!;
      if (!member.owns) member.assign();
      else if (random.chance(0.5)) member.revoke();
      else member.crash();
      for (let pause = random.below(60); pause > 0; pause--) await scheduler.step();
    }
  };
  void fate();
  const finished = await scheduler.run(isDone, STEPS_MAX);
  // What is still under way may yet do harm.
  for (const member of members) member.revoke();
  await scheduler.run(() => false, 300);
  return { kafka, finished };
}

function anomalies({ published }: SimulatedKafka): { lost: number; duplicate: number } {
  const unique = new Set(published);
  return { lost: RECORDS - unique.size, duplicate: published.length - unique.size };
}

const SEEDS = 2_000;

async function badSeeds(seeds: number, logFor: World['logFor']): Promise<number[]> {
  const bad: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { kafka, finished } = await simulate(seed, logFor);
    const { lost, duplicate } = anomalies(kafka);
    if (!finished || lost > 0 || duplicate > 0) bad.push(seed);
  }
  return bad;
}

describe('exactly once', () => {
  it(
    `loses nothing and doubles nothing in ${SEEDS} simulated runs of crashes, zombies and lost replies`,
    { timeout: 120_000 },
    async () => {
      expect(await badSeeds(SEEDS, (kafka) => kafka.log())).toEqual([]);
    },
  );

  it('meets the faults it claims to survive', async () => {
    let faults = 0;
    for (let seed = 1; seed <= 50; seed++) faults += (await simulate(seed, (kafka) => kafka.log())).kafka.faultsMet;
    expect(faults).toBeGreaterThan(200);
  });

  it('would double records if the committed offset were read before the fence', { timeout: 60_000 }, async () => {
    const readFirst = (kafka: SimulatedKafka): PartitionLog => {
      const log = kafka.log();
      let position = 0;
      return {
        ...log,
        fence: async (partition) => {
          position = await log.position(partition);
          return await log.fence(partition);
        },
        position: () => Promise.resolve(position),
      };
    };
    expect((await badSeeds(200, readFirst)).length).toBeGreaterThan(20);
  });

  it('would double records without fencing', { timeout: 60_000 }, async () => {
    // One writer for all: nobody's epoch ever ends.
    const shared = new WeakMap<SimulatedKafka, ReturnType<PartitionLog['fence']>>();
    const noFence = (kafka: SimulatedKafka): PartitionLog => {
      const log = kafka.log();
      return {
        ...log,
        fence: async (partition) => {
          const writer = shared.get(kafka) ?? log.fence(partition).catch(() => log.fence(partition));
          shared.set(kafka, writer);
          return await writer;
        },
      };
    };
    expect((await badSeeds(200, noFence)).length).toBeGreaterThan(20);
  });
});
