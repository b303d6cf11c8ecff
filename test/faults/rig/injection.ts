// Faults one after another into a stream that is at work: each falls at a random point of a portion of input, and the next
// one comes only after every partition has gone on.
import { setTimeout as delay } from 'node:timers/promises';
import type { RowOptions } from '../row.ts';
import type { ConsumerSlot } from './consumer-slot.ts';
import type { Stage } from './stage.ts';

export interface InjectionPlan {
  readonly times: number;
  /** Transactions for each fault. */
  readonly portion: number;
  /** Resolves when the fault has happened (and, where it has an end, is over). */
  readonly fault: (number: number) => Promise<void>;
}

/** Chance within a Kafka transaction: one takes some ten milliseconds. */
const JITTER_MS_MAX = 30;
const PORTION_MIN = 100;
const TELL_EVERY = 10;

/** How many faults, and how much input for each. */
export function planSizes(options: RowOptions, times: number, portion: number): { times: number; portion: number } {
  const faults = options.kills ?? times;
  const records = options.records ?? faults * portion;
  return { times: faults, portion: Math.max(PORTION_MIN, Math.ceil(records / (faults + 1))) };
}

/** @returns milliseconds from each fault until all partitions went on */
export async function inject(
  stage: Stage,
  { random, tell }: RowOptions,
  { times, portion, fault }: InjectionPlan,
): Promise<readonly number[]> {
  const recoveryMs: number[] = [];
  await stage.feed.write(portion);
  for (let number = 1; number <= times; number++) {
    await stage.untilOutcomes(stage.feed.sent.length - Math.floor(portion * random.uniform()));
    await delay(random.whole(0, JITTER_MS_MAX));
    const faultMs = Date.now();
    await fault(number);
    await stage.feed.write(portion);
    recoveryMs.push(await stage.recovery(faultMs));
    if (number % TELL_EVERY === 0) tell(`${number} of ${times} faults, ${stage.outcomes.length} outcomes`);
  }
  return recoveryMs;
}

/** A consumer that is up, drawn at random. */
export async function someConsumer(stage: Stage, { random }: RowOptions): Promise<ConsumerSlot> {
  const slot = stage.consumers[random.whole(0, stage.consumers.length - 1)]!;
  await stage.until(() => slot.process.isAlive, 'a consumer that is up');
  return slot;
}
