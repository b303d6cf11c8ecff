// One partition's history: taken over with the partition, looked at by its batches, written behind each that is published.
//
// The mark is written in one step with what it speaks for, only where it is of the same beginning, and on the connection over which
// the one before it was read. So an engine that came back empty, or as it was some time ago, has another mark than the next batch
// expects, and that batch is not scored before what is missing has been read again from the topic. Several may believe that the
// partition is their own: whoever takes something away begins a mark in the same step, and the others' move nothing any more.
import { randomUUID } from 'node:crypto';
import { Abandoned } from '../backoff.ts';
import type { Passenger } from '../decode.ts';
import { EngineUnavailable } from '../engine/engine.ts';
import { describeReply, type Reply } from '../engine/reply.ts';
import { settle } from '../engine/settle.ts';
import type { Outcome } from '../outcome.ts';
import type { SourceRecord } from '../source-record.ts';
import { BatchView } from './batch-view.ts';
import { HistoryCommands } from './history-commands.ts';
import type { OrderEntry } from './history-keys.ts';
import type { HistoryPeer } from './history-peer.ts';
import { isSame, markWords, readMark, type Mark } from './mark.ts';
import { remember } from './remembered.ts';

const REMOVED_AT_ONCE = 1_000;

export class PartitionHistory {
  readonly #peer: HistoryPeer;
  /** What the engine's mark was when it was last written or read. */
  #mark: Mark = { beginning: '', next: 0, clock: 0 };
  /** Over which that was. */
  #connection = 0;
  #view: BatchView | undefined;
  /** The one that is being written; an older one has no say any more. */
  #missing: MissingHistory | undefined;

  constructor(peer: HistoryPeer) {
    this.#peer = peer;
  }

  /** For the batch that begins where the history ends. */
  view(records: readonly SourceRecord[], passengers: readonly Passenger[]): BatchView {
    const before = { mark: this.#mark, connection: this.#connection };
    const view = new BatchView(this.#peer, before, records, passengers);
    this.#view = view;
    return view;
  }

  /**
   * The outcomes of the batch that was last looked at are published, up to `next`. Nobody waits for the writing: what is asked
   * next goes the same way behind it, and finds by the mark whether it was done.
   */
  published(outcomes: readonly Outcome[], next: number): void {
    const view = this.#view!;
    this.#view = undefined;
    const { engine, keys, retention } = this.#peer;
    this.#mark = { ...this.#mark, next, clock: view.clock };
    this.#connection = view.past.connection;
    // Over another connection it may be another engine, whose history ends somewhere else.
    if (view.past.connection !== engine.connection) return;
    const { scored, failed } = view.sort(outcomes);
    const commands = new HistoryCommands().add('MULTI').index(keys, scored).moveMark(keys, this.#markWords);
    const old = view.past.removable.filter((entry) => !retention.isKept(entry, next, view.clock));
    commands.remove(keys, [...old, ...failed]).add('EXEC');
    void engine.send(commands.text, commands.count);
  }

  /**
   * Where the engine's history has to be written on from, so that it reaches to `position`, which is where the group stands.
   * Undefined where it does so already. Where it reaches further, the group was set back by a person: it is begun anew.
   * @throws EngineUnavailable, or a FraudstreamError where a person must act
   */
  async begin(position: number): Promise<MissingHistory | undefined> {
    this.#missing = undefined;
    const { connection } = this.#peer.engine;
    this.#connection = connection;
    const found = await this.#readMark();
    // What it wrote for a batch that is not published yet may be lost with the rest.
    if (found?.next !== position || found.beginning !== this.#mark.beginning) this.#view?.past.forget();
    if (found?.next === position) {
      this.#mark = found;
      return undefined;
    }
    const oldest = Math.max(0, this.#peer.retention.oldestOffset(position));
    if (found !== undefined && found.next >= oldest && found.next < position) this.#mark = found;
    else await this.#beginAnew(connection, oldest);
    this.#missing = { connection, from: this.#mark.next };
    return this.#missing;
  }

  /**
   * Each piece that is removed is a beginning of its own: whoever else believes that the partition is its own must neither score
   * on what is being removed nor count as written what it wrote before.
   */
  async #beginAnew(connection: number, from: number): Promise<void> {
    const { keys } = this.#peer;
    let entries: readonly OrderEntry[] = [];
    do {
      this.#mark = { beginning: randomUUID(), next: from, clock: 0 };
      const commands = new HistoryCommands().add('MULTI').beginMark(keys, this.#markWords);
      commands
        .remove(keys, entries)
        .add('EXEC')
        .add('ZRANGE', keys.order, '0', String(REMOVED_AT_ONCE - 1));
      const replies = await this.#ask(connection, commands);
      entries = keys.entriesOf(replies.at(-1) as readonly Reply[]);
    } while (entries.length > 0);
  }

  /**
   * Writes `passengers`, those of `some` that were read again and had been scored: the history reaches to `next` then.
   * @returns how many it were
   * @throws as `begin`
   */
  async restore(
    missing: MissingHistory,
    some: readonly SourceRecord[],
    passengers: readonly Passenger[],
    next: number,
  ): Promise<number> {
    if (missing !== this.#missing) throw new Abandoned();
    const { keys, isByEntity } = this.#peer;
    const clock = some.reduce((highest, { timestamp }) => Math.max(highest, timestamp), this.#mark.clock);
    const remembered = passengers.map((one) => remember(one, clock, keys, isByEntity));
    const scored = remembered.filter((one) => one !== undefined);
    const commands = new HistoryCommands().add('MULTI');
    for (const one of scored) commands.storeHash(one);
    commands.index(keys, scored);
    this.#mark = { ...this.#mark, next, clock };
    commands.moveMark(keys, this.#markWords).add('EXEC').askMark(keys);
    const replies = await this.#ask(missing.connection, commands);
    const done = replies.at(-2);
    if (!Array.isArray(done)) throw new EngineUnavailable(`the history could not be written: ${describeReply(done)}`);
    this.#confirm(replies.at(-1));
    return scored.length;
  }

  get #markWords(): readonly string[] {
    return markWords(this.#mark, this.#peer.group);
  }

  /** What was written may be gone again by then, and the mark with it. */
  #confirm(reply: Reply): void {
    const { group, keys } = this.#peer;
    const found = readMark(reply, group, keys.mark);
    if (found === undefined || !isSame(found, this.#mark))
      throw new EngineUnavailable('the history was begun anew while it was written');
  }

  async #readMark(): Promise<Mark | undefined> {
    const { keys, engine, group } = this.#peer;
    const [reply] = await this.#ask(engine.connection, new HistoryCommands().askMark(keys));
    return readMark(reply, group, keys.mark);
  }

  async #ask(connection: number, commands: HistoryCommands): Promise<readonly Reply[]> {
    const { engine, keys } = this.#peer;
    if (engine.connection !== connection) throw new EngineUnavailable('the connection was lost meanwhile');
    const replies = await settle(engine, await engine.send(commands.text, commands.count), 1, keys.order);
    const refused = replies.find((reply) => reply instanceof Error);
    if (refused !== undefined) throw new EngineUnavailable(describeReply(refused), refused);
    return replies;
  }
}

/** From which offset on the engine lacks it, and the connection over which that was seen. */
export interface MissingHistory {
  readonly connection: number;
  readonly from: number;
}
