// What each transaction of a batch sees of its partition's past: the engine's part, which ends where the batch begins, and
// the batch's own earlier transactions, which are in no index before the batch is published.
import type { Passenger } from '../decode.ts';
import { EngineUnavailable } from '../engine/engine.ts';
import { KeyList } from '../engine/key-list.ts';
import { describeReply, type Reply } from '../engine/reply.ts';
import { settle } from '../engine/settle.ts';
import type { Outcome } from '../outcome.ts';
import { recordFault, type RecordFault } from '../record-fault.ts';
import type { ReferenceKeys } from '../reference.ts';
import type { SourceRecord } from '../source-record.ts';
import { HistoryCommands } from './history-commands.ts';
import type { OrderEntry } from './history-keys.ts';
import { HistoryMoved } from './history-moved.ts';
import type { HistoryPeer } from './history-peer.ts';
import { isSame, readMark, type Mark } from './mark.ts';
import { remember, seenWithinBatch, type Remembered } from './remembered.ts';

/** Entries that go with a batch, for each that comes: more than one, so that what is left over is caught up with. */
const REMOVED_PER_RECORD = 2;
const REMOVED_MIN = 16;
/** A lookup that brought what may not be seen is asked again for so many times as much. */
const AGAIN_FACTOR = 8;

export class BatchView {
  /** The connection over which the engine's part was last looked at; what is written belongs there. */
  connection: number;
  /** At the end of the batch. */
  readonly clock: number;
  /** What the engine's history may lose behind this batch. */
  removable: readonly OrderEntry[] = [];
  readonly #peer: HistoryPeer;
  /** What the engine's mark has to say, or this is another history. */
  readonly #mark: Mark;
  readonly #batch: readonly Remembered[];
  readonly #byRecord: ReadonlyMap<SourceRecord, Remembered>;
  readonly #failed = new Set<SourceRecord>();
  #seen = new Map<Remembered, readonly Remembered[]>();

  /** `connection` is the one over which the mark was read; `records` are all of the batch, and `passengers` those that were decoded. */
  constructor(
    peer: HistoryPeer,
    { mark, connection }: { readonly mark: Mark; readonly connection: number },
    records: readonly SourceRecord[],
    passengers: readonly Passenger[],
  ) {
    this.#peer = peer;
    this.#mark = mark;
    const clocks = new Map<SourceRecord, number>();
    let highest = mark.clock;
    for (const record of records) clocks.set(record, (highest = Math.max(highest, record.timestamp)));
    this.clock = highest;
    const remembered = passengers.map((one) => remember(one, clocks.get(one.record)!, peer.keys, peer.isByEntity));
    this.#batch = remembered.filter((one) => one !== undefined);
    // Where nothing of it is history there is nothing to bring to the engine.
    this.connection = this.#batch.length === 0 ? connection : 0;
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
    const stored = await this.#lookUp(past, this.#peer.referencesMax, attempt);
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

  /** Nothing was taken away while the batch was scored. @throws as `referenceKeys` */
  async confirm(attempt: number): Promise<void> {
    const { engine, keys } = this.#peer;
    const { text, count } = new HistoryCommands().askMark(keys);
    const [mark] = await settle(engine, await engine.send(text, count), attempt, keys.mark);
    this.#check(mark);
  }

  /** What was written for it is not to be relied on. */
  forget(): void {
    this.connection = 0;
  }

  #look(): void {
    const { retention, windowSeconds, referencesMax: limit } = this.#peer;
    const hasFailed = ({ passenger }: Remembered): boolean => this.#failed.has(passenger.record);
    const seen = seenWithinBatch(this.#batch, retention, hasFailed, { windowSeconds, limit });
    this.#seen = new Map(this.#batch.map((one, index) => [one, seen[index]!]));
  }

  /** What the engine has of each one's past. */
  async #lookUp(past: readonly Remembered[], limit: number, attempt: number): Promise<Map<Remembered, Past>> {
    const { engine, keys, windowSeconds } = this.#peer;
    const commands = new HistoryCommands().askMark(keys);
    // Once for each connection: another one may lead to an engine that has lost them.
    const isFirst = this.connection !== engine.connection;
    const { connection } = engine;
    if (isFirst) this.#prepare(commands);
    for (const one of past) commands.lookUp(keys, one, windowSeconds, limit);
    commands.askMark(keys);
    const replies = await settle(
      engine,
      await engine.send(commands.text, commands.count),
      attempt,
      keys.set(undefined),
    );
    // Whoever takes something away moves the mark before: the last look is the one that tells of it.
    this.#check(replies[0]);
    this.#check(replies.at(-1));
    if (isFirst) this.#prepared(replies, connection);
    return this.#complete(past, replies.slice(replies.length - 1 - past.length), limit, attempt);
  }

  #prepare(commands: HistoryCommands): void {
    const { keys, retention } = this.#peer;
    const count = String(REMOVED_MIN + REMOVED_PER_RECORD * this.#batch.length);
    const last = this.#batch.at(-1)?.offset ?? 0;
    const until = retention.isByAge ? '+inf' : `(${retention.oldestOffset(last + 1)}`;
    commands.add('ZRANGEBYSCORE', keys.order, '-inf', until, 'LIMIT', '0', count);
    for (const one of this.#batch) commands.storeHash(one);
  }

  #prepared([, removable, ...rest]: readonly Reply[], connection: number): void {
    const refused = rest.slice(0, this.#batch.length).find((reply) => reply instanceof Error);
    if (refused !== undefined || !Array.isArray(removable))
      throw new EngineUnavailable(describeReply(refused ?? removable));
    this.removable = this.#peer.keys.entriesOf(removable as readonly Reply[]);
    this.connection = connection;
  }

  #check(reply: Reply): void {
    const { group, keys } = this.#peer;
    const found = Array.isArray(reply) ? readMark(reply, group, keys.mark) : undefined;
    if (found === undefined || !isSame(found, this.#mark)) throw new HistoryMoved(this.#mark, found);
  }

  /** Asks again, for more, where what may not be seen took the place of what may. */
  async #complete(
    past: readonly Remembered[],
    replies: readonly Reply[],
    limit: number,
    attempt: number,
  ): Promise<Map<Remembered, Past>> {
    const found = new Map<Remembered, Past>();
    const short: Remembered[] = [];
    past.forEach((one, index) => {
      const reply = replies[index];
      const stored = this.#read(reply, one);
      found.set(one, stored);
      const isFull = Array.isArray(reply) && reply.length === 2 * limit;
      if (isFull && Array.isArray(stored) && stored.length < this.#peer.referencesMax) short.push(one);
    });
    if (short.length === 0) return found;
    return new Map([...found, ...(await this.#lookUp(short, AGAIN_FACTOR * limit, attempt))]);
  }

  #read(reply: Reply, { offset, clock }: Remembered): Past {
    const items = Array.isArray(reply) ? (reply as readonly Reply[]) : [reply];
    const strange = items.find((item) => !Buffer.isBuffer(item));
    if (strange !== undefined) {
      const errorClass = strange instanceof Error ? 'lookup-refused' : 'reply-shape';
      return recordFault('reference', errorClass, describeReply(strange));
    }
    const { keys, retention } = this.#peer;
    const stored: Stored[] = [];
    for (let index = 0; index + 1 < items.length; index += 2) {
      const key = items[index] as Buffer;
      const position = keys.positionOf(key);
      if (position !== undefined && retention.isVisible(position, offset, clock))
        stored.push({ key, time: Number((items[index + 1] as Buffer).toString('latin1')) });
    }
    return stored;
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

type Past = readonly Stored[] | RecordFault;

interface Stored {
  readonly key: Buffer;
  readonly time: number;
}

const isOther = (before: readonly Remembered[], after: readonly Remembered[]): boolean =>
  before.length !== after.length || before.some((one, index) => one !== after[index]);
