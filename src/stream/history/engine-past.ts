// The engine's part of what a batch sees: the past of its partition, up to where the batch begins. Each look says by the mark
// whether it is the history that the batch has to be scored on.
import { EngineUnavailable } from '../engine/engine.ts';
import { describeReply, type Reply } from '../engine/reply.ts';
import { settle } from '../engine/settle.ts';
import { recordFault, type RecordFault } from '../record-fault.ts';
import { HistoryCommands } from './history-commands.ts';
import type { OrderEntry } from './history-keys.ts';
import { HistoryMoved } from './history-moved.ts';
import type { HistoryPeer } from './history-peer.ts';
import { isSame, readMark, type Mark } from './mark.ts';
import type { Remembered } from './remembered.ts';

/** Entries that go with a batch, for each that comes: more than one, so that what is left over is caught up with. */
const REMOVED_PER_RECORD = 2;
const REMOVED_MIN = 16;
/** A lookup that brought what may not be seen is asked again for so many times as much. */
const AGAIN_FACTOR = 8;

export class EnginePast {
  /** The connection over which it was last looked at; what is written belongs there. */
  connection: number;
  /** What the engine's history may lose behind this batch. */
  removable: readonly OrderEntry[] = [];
  readonly #peer: HistoryPeer;
  /** What the engine's mark has to say, or this is another history. */
  readonly #mark: Mark;
  readonly #batch: readonly Remembered[];

  /** `connection` is the one over which the mark was read. */
  constructor(
    peer: HistoryPeer,
    { mark, connection }: { readonly mark: Mark; readonly connection: number },
    batch: readonly Remembered[],
  ) {
    this.#peer = peer;
    this.#mark = mark;
    this.#batch = batch;
    // Where nothing of it is history there is nothing to bring to the engine.
    this.connection = batch.length === 0 ? connection : 0;
  }

  /**
   * What the engine has of each one's past.
   * @throws HistoryMoved, EngineUnavailable, or a FraudstreamError where a person must act
   */
  async lookUp(
    past: readonly Remembered[],
    attempt: number,
    limit = this.#peer.referencesMax,
  ): Promise<Map<Remembered, Past>> {
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
    // Whoever takes something away begins another mark with it: the last look is the one that tells of it.
    this.#check(replies[0]);
    this.#check(replies.at(-1));
    if (isFirst) this.#prepared(replies, connection);
    return this.#complete(past, replies.slice(replies.length - 1 - past.length), attempt, limit);
  }

  /** Nothing was taken away while the batch was scored. @throws as `lookUp` */
  async confirm(attempt: number): Promise<void> {
    const { engine, keys } = this.#peer;
    const { text, count } = new HistoryCommands().askMark(keys);
    const [mark] = await settle(engine, await engine.send(text, count), attempt, keys.mark);
    this.#check(mark);
  }

  /** What was written for the batch is not to be relied on. */
  forget(): void {
    this.connection = 0;
  }

  #prepare(commands: HistoryCommands): void {
    const { keys, retention } = this.#peer;
    const count = String(REMOVED_MIN + REMOVED_PER_RECORD * this.#batch.length);
    const last = this.#batch.at(-1)?.offset ?? 0;
    const until = retention.isByAge ? '+inf' : `(${retention.oldestOffset(last + 1)}`;
    commands.add('ZRANGEBYSCORE', keys.order, '-inf', until, 'LIMIT', '0', count);
    // Before the hashes: a snapshot may fall between them, and a hash that no entry names stays for ever.
    commands.order(keys, this.#batch);
    for (const one of this.#batch) commands.storeHash(one);
  }

  #prepared([, removable, ...rest]: readonly Reply[], connection: number): void {
    const stored = this.#batch.length === 0 ? 0 : 1 + this.#batch.length;
    const refused = rest.slice(0, stored).find((reply) => reply instanceof Error);
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
    attempt: number,
    limit: number,
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
    return new Map([...found, ...(await this.lookUp(short, attempt, AGAIN_FACTOR * limit))]);
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
}

export type Past = readonly Stored[] | RecordFault;

export interface Stored {
  readonly key: Buffer;
  readonly time: number;
}
