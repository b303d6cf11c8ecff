// What each transaction of a batch sees of its partition's past: the engine's part, which ends where the batch begins, and
// the batch's own earlier transactions, which are in no index before the batch is published.
import type { Passenger } from '../decode.ts';
import { KeyList } from '../engine/key-list.ts';
import type { Outcome } from '../outcome.ts';
import type { ReferenceKeys } from '../reference.ts';
import type { SourceRecord } from '../source-record.ts';
import { EnginePast, type Past } from './engine-past.ts';
import type { HistoryPeer } from './history-peer.ts';
import type { Mark } from './mark.ts';
import { remember, seenWithinBatch, type Remembered } from './remembered.ts';

export class BatchView {
  /** The engine's part. */
  readonly past: EnginePast;
  /** At the end of the batch. */
  readonly clock: number;
  readonly #peer: HistoryPeer;
  readonly #batch: readonly Remembered[];
  readonly #byRecord: ReadonlyMap<SourceRecord, Remembered>;
  readonly #failed = new Set<SourceRecord>();
  #seen = new Map<Remembered, readonly Remembered[]>();

  /** `before` is the mark, and over which connection it was read; `records` are all of the batch, `passengers` those that were decoded. */
  constructor(
    peer: HistoryPeer,
    before: { readonly mark: Mark; readonly connection: number },
    records: readonly SourceRecord[],
    passengers: readonly Passenger[],
  ) {
    this.#peer = peer;
    const clocks = new Map<SourceRecord, number>();
    let highest = before.mark.clock;
    for (const record of records) clocks.set(record, (highest = Math.max(highest, record.timestamp)));
    this.clock = highest;
    const remembered = passengers.map((one) => remember(one, clocks.get(one.record)!, peer.keys, peer.isByEntity));
    this.#batch = remembered.filter((one) => one !== undefined);
    this.past = new EnginePast(peer, before, this.#batch);
    this.#byRecord = new Map(this.#batch.map((one) => [one.passenger.record, one]));
    this.#look();
  }

  /**
   * For each, the keys that it sees, newest first; where its own past has too few, `provisioned` ones fill up.
   * One round trip, which also brings the batch's own hashes to the engine: what a hash holds comes from the topic alone, so one
   * that is never published does no harm, and is written over.
   * @throws HistoryMoved, EngineUnavailable, or a FraudstreamError where a person must act
   */
  async referenceKeys(
    passengers: readonly Passenger[],
    attempt: number,
    provisioned: (some: readonly Passenger[]) => Promise<readonly ReferenceKeys[]>,
  ): Promise<readonly ReferenceKeys[]> {
    const past = passengers.map(({ record }) => this.#byRecord.get(record)).filter((one) => one !== undefined);
    const stored = await this.past.lookUp(past, attempt);
    const keys = passengers.map(({ record }) => this.#keysOf(this.#byRecord.get(record), stored));
    const short = passengers.filter((_, index) => this.#isShort(passengers[index]!, keys[index]!));
    if (short.length === 0) return keys;
    const more = (await provisioned(short))[Symbol.iterator]();
    return keys.map((own, index) =>
      this.#isShort(passengers[index]!, own) ? this.#fill(own as KeyList, more.next().value!) : own,
    );
  }

  /**
   * Scores were made as if every earlier transaction of the batch had one. Where some have none, those that saw them, and
   * those that did not though they should have, are to be scored again; what stands before the first of them is final.
   */
  settle(outcomes: ReadonlyMap<SourceRecord, Outcome>): readonly Passenger[] {
    const failed = this.#batch.filter(({ passenger }) => outcomes.get(passenger.record)?.kind !== 'score');
    const isKnown = failed.length === this.#failed.size;
    if (isKnown && failed.every(({ passenger }) => this.#failed.has(passenger.record))) return [];
    this.#failed.clear();
    for (const { passenger } of failed) this.#failed.add(passenger.record);
    const before = this.#seen;
    this.#look();
    return this.#batch.filter((one) => isOther(before.get(one)!, this.#seen.get(one)!)).map((one) => one.passenger);
  }

  /** Of these outcomes, those that become history, and those whose hashes must go again. */
  sort(outcomes: readonly Outcome[]): {
    readonly scored: readonly Remembered[];
    readonly failed: readonly Remembered[];
  } {
    const [scored, failed]: [Remembered[], Remembered[]] = [[], []];
    for (const { kind, record } of outcomes) {
      const one = this.#byRecord.get(record);
      if (one !== undefined) (kind === 'score' ? scored : failed).push(one);
    }
    return { scored, failed };
  }

  #look(): void {
    const { retention, windowSeconds, referencesMax: limit } = this.#peer;
    const hasFailed = ({ passenger }: Remembered): boolean => this.#failed.has(passenger.record);
    const seen = seenWithinBatch(this.#batch, retention, hasFailed, { windowSeconds, limit });
    this.#seen = new Map(this.#batch.map((one, index) => [one, seen[index]!]));
  }

  #keysOf(one: Remembered | undefined, stored: ReadonlyMap<Remembered, Past>): ReferenceKeys {
    return one === undefined ? KeyList.NONE : this.#merge(one, stored.get(one)!);
  }

  /** An entity's past is its own alone; a transaction of none has what is provisioned. */
  #isShort({ record }: Passenger, keys: ReferenceKeys): boolean {
    const hasOwnOnly = this.#peer.isByEntity && this.#byRecord.has(record);
    return !hasOwnOnly && !('errorClass' in keys) && keys.length < this.#peer.referencesMax;
  }

  #fill(own: KeyList, provisioned: ReferenceKeys): ReferenceKeys {
    if (own.length === 0 || 'errorClass' in provisioned) return provisioned;
    return KeyList.of([...own, ...provisioned].slice(0, this.#peer.referencesMax));
  }

  /** Both newest first; of equal times the batch's own are the later ones. */
  #merge(one: Remembered, stored: Past): ReferenceKeys {
    if ('errorClass' in stored) return stored;
    const own = this.#seen.get(one)!;
    const keys: Buffer[] = [];
    let [fromOwn, fromStored] = [0, 0];
    while (keys.length < this.#peer.referencesMax) {
      const [mine, theirs] = [own[fromOwn], stored[fromStored]];
      if (mine !== undefined && !(theirs !== undefined && theirs.time > mine.time)) {
        keys.push(Buffer.from(mine.key));
        fromOwn++;
      } else if (theirs !== undefined) {
        keys.push(theirs.key);
        fromStored++;
      } else break;
    }
    return KeyList.of(keys);
  }
}

const isOther = (before: readonly Remembered[], after: readonly Remembered[]): boolean =>
  before.length !== after.length || before.some((one, index) => one !== after[index]);
