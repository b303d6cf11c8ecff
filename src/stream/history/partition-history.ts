// One partition's history: taken over with the partition, looked at by its batches, written behind each that is published.
//
// The mark is written in one step with what it speaks for, only where one is, and on the connection over which the one before
// it was read. So an engine that came back empty, or as it was some time ago, has another mark than the next batch expects,
// and that batch is not scored before what is missing has been read again from the topic.
import { Abandoned } from '../backoff.ts';
import type { Passenger } from '../decode.ts';
import { EngineUnavailable } from '../engine/engine.ts';
import { describeReply, type Reply } from '../engine/reply.ts';
import { settle } from '../engine/settle.ts';
import type { Outcome } from '../outcome.ts';
import type { SourceRecord } from '../source-record.ts';
import { BatchView } from './batch-view.ts';
import { HistoryCommands } from './history-commands.ts';
import type { HistoryPeer } from './history-peer.ts';
import { markText, readMark, type Mark } from './mark.ts';
import { remember } from './remembered.ts';

const REMOVED_AT_ONCE = 1_000;

export class PartitionHistory {
  readonly #peer: HistoryPeer;
  readonly #group: string;
  /** What the engine's mark was when it was last written or read. */
  #mark: Mark = { next: 0, clock: 0 };
  /** Over which that was. */
  #connection = 0;
  #view: BatchView | undefined;
  /** The one that is being written; an older one has no say any more. */
  #missing: MissingHistory | undefined;

  constructor(peer: HistoryPeer, group: string) {
    this.#peer = peer;
    this.#group = group;
  }

  /** For the batch that begins where the history ends. */
  view(records: readonly SourceRecord[], passengers: readonly Passenger[]): BatchView {
    const before = { clock: this.#mark.clock, connection: this.#connection };
    const view = new BatchView(this.#peer, this.#markText, before, records, passengers);
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
    this.#mark = { next, clock: view.clock };
    this.#connection = view.connection;
    // Over another connection it may be another engine, whose history ends somewhere else.
    if (view.connection !== engine.connection) return;
    const { scored, failed } = view.sort(outcomes);
    const commands = new HistoryCommands().add('MULTI').index(keys, scored);
    this.#setMark(commands);
    commands.remove(
      keys,
      view.removable.filter((entry) => !retention.isKept(entry, next, view.clock)),
    );
    if (failed.length > 0) commands.add('DEL', ...failed.map(({ key }) => key));
    commands.add('EXEC');
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
    if (found?.next === position) {
      this.#mark = found;
      return undefined;
    }
    // What it wrote for a batch that is not published yet may be lost with the rest.
    this.#view?.forget();
    const oldest = Math.max(0, this.#peer.retention.oldestOffset(position));
    if (found !== undefined && found.next >= oldest && found.next < position) this.#mark = found;
    else await this.#beginAnew(connection, oldest);
    this.#missing = { connection, from: this.#mark.next };
    return this.#missing;
  }

  /** The mark first: whoever else believes that the partition is its own must not score on what is being removed. */
  async #beginAnew(connection: number, from: number): Promise<void> {
    const { keys } = this.#peer;
    this.#mark = { next: from, clock: 0 };
    await this.#ask(connection, new HistoryCommands().add('SET', keys.mark, this.#markText));
    for (;;) {
      const page = new HistoryCommands().add('ZRANGE', keys.order, '0', String(REMOVED_AT_ONCE - 1));
      const [reply] = await this.#ask(connection, page);
      const entries = keys.entriesOf((reply ?? []) as readonly Reply[]);
      if (entries.length === 0) return;
      await this.#ask(connection, new HistoryCommands().remove(keys, entries));
    }
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
    this.#mark = { next, clock };
    this.#setMark(commands).add('EXEC');
    const replies = await this.#ask(missing.connection, commands);
    const done = replies.at(-1);
    if (!Array.isArray(done)) throw new EngineUnavailable(`the history could not be written: ${describeReply(done)}`);
    return scored.length;
  }

  get #markText(): string {
    return markText(this.#mark, this.#group);
  }

  /** Only where one is: an engine that was emptied has lost what the new one would speak for. */
  #setMark(commands: HistoryCommands): HistoryCommands {
    return commands.add('SET', this.#peer.keys.mark, this.#markText, 'XX');
  }

  async #readMark(): Promise<Mark | undefined> {
    const { keys, engine } = this.#peer;
    const [reply] = await this.#ask(engine.connection, new HistoryCommands().add('GET', keys.mark));
    if (reply === null) return undefined;
    return readMark(Buffer.isBuffer(reply) ? reply.toString() : describeReply(reply), this.#group, keys.mark);
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
