// One simulated run: members, a broker, an engine and a network, faults for a while, and then a calm in which all must end well.
import type { HistoryOptions } from '../../../src/stream/history/history-options.ts';
import type { PartitionLog } from '../../../src/stream/partition-log.ts';
import type { Delivery, StreamOptions } from '../../../src/stream/options.ts';
import { streamOptions } from '../../helpers/stream-options.ts';
import { SimulatedBroker } from './broker.ts';
import { SimulatedEngine } from './engine.ts';
import { FATE, FATE_OF_HISTORY } from './fate.ts';
import { Member } from './member.ts';
import { Network, NO_FAULTS } from './network.ts';
import { simulatedHistory, simulatedInput, TOPIC, type SimulatedInput } from './records.ts';
import { actor, Scheduler, type Actor } from './scheduler.ts';
import { Seeded } from './seeded.ts';
import { findAnomaly } from './anomaly.ts';

const MEMBERS = 3;
const FAULTS = { lostRequest: 0.05, lateRequest: 0.05, lostReply: 0.08 };
const ENGINE_FAULTS = { timedOut: 0.03, full: 0.01 };
/** Steps of chaos, and of calm by whose end everything is published. */
const CHAOS_STEPS = { min: 50, max: 400 };
const CALM_STEPS_MAX = 4_000;
/** What is still under way may yet do harm. */
const AFTERMATH_STEPS_MAX = 1_000;
/** Of each step of fate, which is one among several who step. */
const BLOW_CHANCE = 0.15;

/** What a mutant may believe instead of what it is told. */
export interface Seen {
  /** Where the member thinks it is. */
  readonly believed: () => number;
  /** The group's offset, without a look at what was published. */
  readonly committed: () => number;
}

/** Stands between a worker and its log; a mutant does something wrong there. */
export type Spoil = (log: PartitionLog, seen: Seen) => PartitionLog;
export const unspoilt: Spoil = (log) => log;

export interface World {
  readonly random: Seeded;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly broker: SimulatedBroker;
  readonly engine: SimulatedEngine;
  readonly input: SimulatedInput;
  readonly options: StreamOptions;
  /** Whether live history is on. */
  readonly history: boolean;
  /** Kept when they were looked up once, which is when the run is over. */
  scoredOffsets: ReadonlySet<number> | undefined;
  readonly spoil: Spoil;
  readonly members: readonly Member[];
  /** Of the present generation, as the coordinator has it. */
  owner: Actor | undefined;
  /** The faults are over; from now on who ends is given the partition again when it is back. */
  isCalm: boolean;
  /** Errors that no code of ours should let out. */
  readonly defects: unknown[];
  commitAsMember(who: Actor, next: number): void;
}

export interface SimulatedRun {
  /** What went wrong, in words; undefined where nothing did. */
  readonly anomaly: string | undefined;
  readonly duplicates: number;
  readonly faultsMet: number;
  readonly refused: number;
  readonly steps: number;
}

/** The same seed, the same run, to the last step. */
export async function simulate(
  seed: number,
  delivery: Delivery,
  spoil: Spoil = unspoilt,
  history?: HistoryOptions,
): Promise<SimulatedRun> {
  const world = createWorld(seed, delivery, spoil, history);
  const { scheduler, random, network, engine, broker, members } = world;
  const isDone = (): boolean => broker.reached >= world.input.due;
  void playFate(world);
  await scheduler.run(isDone, CHAOS_STEPS.min + random.below(CHAOS_STEPS.max - CHAOS_STEPS.min));
  calm(world);
  const isFinished = await scheduler.run(isDone, CALM_STEPS_MAX);
  for (const member of members) member.revoke();
  await scheduler.run(() => scheduler.isIdle, AFTERMATH_STEPS_MAX);
  const verdict = findAnomaly(world, isFinished);
  return { ...verdict, faultsMet: network.faultsMet, refused: broker.refused, steps: scheduler.steps + engine.starts };
}

function createWorld(seed: number, delivery: Delivery, spoil: Spoil, history: HistoryOptions | undefined): World {
  const random = new Seeded(seed);
  const scheduler = new Scheduler(random);
  const input = history === undefined ? simulatedInput(random) : simulatedHistory(random, history.entityField);
  const members: Member[] = [];
  const world: World = {
    ...{ random, scheduler, input, spoil, members, owner: undefined, isCalm: false, defects: [] },
    network: new Network(random, scheduler, FAULTS),
    broker: new SimulatedBroker(),
    engine: new SimulatedEngine(random, input.kinds, ENGINE_FAULTS),
    options: history === undefined ? { ...OPTIONS, delivery } : { ...OPTIONS, ...NARROW, delivery, history },
    history: history !== undefined,
    scoredOffsets: undefined,
    commitAsMember(who, next) {
      if (who !== world.owner) throw new Error('ILLEGAL_GENERATION');
      world.broker.group = { offset: next, metadata: '' };
      world.broker.reached = next;
    },
  };
  for (let count = 0; count < MEMBERS; count++) members.push(new Member(world));
  return world;
}

async function playFate(world: World): Promise<void> {
  const { random, scheduler } = world;
  const fate = actor();
  const blows = world.history ? FATE_OF_HISTORY : FATE;
  while (!world.isCalm) {
    if (random.chance(BLOW_CHANCE)) blows[random.below(blows.length)]!(world);
    await scheduler.step(fate);
  }
}

/** One owner, an engine that is as it should be, and no more faults. */
function calm(world: World): void {
  const { members, engine, network } = world;
  world.isCalm = true;
  network.faults = NO_FAULTS;
  engine.faults = { timedOut: 0, full: 0 };
  if (engine.isAway) engine.comeBack();
  engine.model ??= 1;
  for (const member of members) {
    member.resume();
    member.revoke();
  }
  members[0]!.assign();
}

const OPTIONS = streamOptions(
  { url: '' },
  { transactionsTopic: TOPIC, deadLetterTopic: 'dead-letters', groupId: 'group', batchRecordsMax: 4 },
);

/** So that most of the past lies outside of what is looked at. */
const NARROW = { windowSeconds: 5, referencesMax: 3 };
