// Kafka, as far as exactly once depends on it: one input partition, transactional ids with epochs, offsets committed with a
// Kafka transaction. Faults are drawn from the seed: replies are lost, before or after what was asked for has happened.
import type { Outcome } from '../../src/stream/outcome.ts';
import type { BatchWriter, PartitionLog } from '../../src/stream/partition-log.ts';
import type { SourceBatch, SourceRecord } from '../../src/stream/source-record.ts';
import type { Scheduler, Seeded } from './seeded.ts';

export interface Faults {
  /** Chance that a call fails before it had any effect, and after. */
  readonly lostRequest: number;
  readonly lostReply: number;
}

export class SimulatedKafka {
  /** Offsets of the records of which a score was published and committed, in order. */
  readonly published: number[] = [];
  committed: number | undefined;
  /** Calls that failed, so that a run can show that it was no calm one. */
  faultsMet = 0;
  readonly records: readonly SourceRecord[];
  readonly #random: Seeded;
  readonly #scheduler: Scheduler;
  readonly #faults: Faults;
  /** A fault may last: this many calls in a row fail. */
  #epoch = 0;

  constructor(records: number, random: Seeded, scheduler: Scheduler, faults: Faults) {
    this.records = Array.from({ length: records }, (_, offset) => record(offset));
    this.#random = random;
    this.#scheduler = scheduler;
    this.#faults = faults;
  }

  /** What a consumer is handed that believes it should go on at `start`. */
  fetch(start: number): SourceBatch {
    const end = Math.min(this.records.length, start + 1 + this.#random.below(6));
    return { partition: 0, start, end, records: this.records.slice(start, end), highWatermark: this.records.length };
  }

  log(): PartitionLog {
    return {
      fence: () => this.#call(() => this.#writer(++this.#epoch)),
      position: () => this.#call(() => this.committed ?? 0),
      oldest: () => this.#call(() => 0),
    };
  }

  #writer(epoch: number): BatchWriter {
    return {
      publish: async (outcomes, next) => {
        await this.#scheduler.step(); // the sends: invisible until the commit
        this.#checkEpoch(epoch);
        await this.#call(() => this.#commit(epoch, outcomes, next));
      },
      discard: () => this.#scheduler.step(),
    };
  }

  #commit(epoch: number, outcomes: readonly Outcome[], next: number): void {
    this.#checkEpoch(epoch);
    this.published.push(...outcomes.map(({ record: { offset } }) => offset));
    this.committed = next;
  }

  #checkEpoch(epoch: number): void {
    if (epoch !== this.#epoch) throw new Error('INVALID_PRODUCER_EPOCH');
  }

  async #call<Answer>(happens: () => Answer): Promise<Answer> {
    await this.#scheduler.step();
    this.#maybeFail(this.#faults.lostRequest);
    const answer = happens();
    await this.#scheduler.step();
    this.#maybeFail(this.#faults.lostReply);
    return answer;
  }

  #maybeFail(chance: number): void {
    if (!this.#random.chance(chance)) return;
    this.faultsMet++;
    throw new Error('the connection was lost');
  }
}

function record(offset: number): SourceRecord {
  return { topic: 'transactions', partition: 0, offset, timestamp: 0, key: null, value: null };
}
