// The door of live history (LIVE_HISTORY): scored transactions become reference data of those behind them in their partition.
// Off, it is not there at all. docs/live-history.md defines what is seen.
import { unlessAbandoned } from '../backoff.ts';
import type { Decoded, Passenger } from '../decode.ts';
import type { Engine } from '../engine/engine.ts';
import type { Outcome } from '../outcome.ts';
import type { SourceRecord } from '../source-record.ts';
import type { StreamLog } from '../stream-log.ts';
import type { BatchView } from './batch-view.ts';
import { HistoryKeys } from './history-keys.ts';
import type { HistoryOptions } from './history-options.ts';
import { PartitionHistory, type MissingHistory } from './partition-history.ts';
import { Retention } from './retention.ts';

/** Reads again what a partition held, and what of it became dead letters. */
export interface TopicTail {
  /** Offsets of the partition, from `from` to before `to`, whose records are dead letters. */
  deadLetters(partition: number, from: number, to: number, signal: AbortSignal): Promise<ReadonlySet<number>>;
  /** Records in their order, some at a time; what is not on the topic any more is left out. */
  records(
    partition: number,
    from: number,
    to: number,
    take: (records: readonly SourceRecord[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface LiveHistoryParts {
  readonly engine: Engine;
  readonly tail: TopicTail;
  readonly decode: (records: readonly SourceRecord[], signal: AbortSignal) => Promise<Decoded>;
  readonly log: StreamLog;
  /** Told while a partition's history is written again, which may take longer than a batch. */
  readonly busy?: (partition: number) => void;
}

export interface LiveHistorySetting {
  readonly tag: string;
  readonly transactionsTopic: string;
  readonly groupId: string;
  readonly windowSeconds: number;
  readonly referencesMax: number;
  readonly history: HistoryOptions;
}

/** One pipeline of hashes: some 300 KB. */
const RESTORED_AT_ONCE = 500;
const TOLD_EVERY_MS = 2_000;

async function inPieces(
  records: readonly SourceRecord[],
  write: (some: readonly SourceRecord[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < records.length; at += RESTORED_AT_ONCE) await write(records.slice(at, at + RESTORED_AT_ONCE));
}

export class LiveHistory {
  readonly #parts: LiveHistoryParts;
  readonly #setting: LiveHistorySetting;
  readonly #partitions = new Map<number, PartitionHistory>();

  constructor(parts: LiveHistoryParts, setting: LiveHistorySetting) {
    this.#parts = parts;
    this.#setting = setting;
  }

  /** Of a batch: records of one partition. */
  view(records: readonly SourceRecord[], passengers: readonly Passenger[]): BatchView {
    return this.#of(records[0]!.partition).view(records, passengers);
  }

  published(partition: number, outcomes: readonly Outcome[], next: number): void {
    this.#of(partition).published(outcomes, next);
  }

  /**
   * The partition was taken over, and the group stands at `position`: what the engine lacks of its history up to there is read
   * from the topic and written, before anything is scored.
   * @throws Abandoned, EngineUnavailable, what reading Kafka throws, or a FraudstreamError where a person must act
   */
  async takeOver(partition: number, position: number, signal: AbortSignal): Promise<void> {
    const history = this.#of(partition);
    const missing = await unlessAbandoned(history.begin(position), signal);
    if (missing === undefined) return;
    await unlessAbandoned(this.#restore(partition, history, missing, position, signal), signal);
  }

  async #restore(
    partition: number,
    history: PartitionHistory,
    missing: MissingHistory,
    to: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { log, tail, busy } = this.#parts;
    const { from } = missing;
    let [restored, toldAt] = [0, performance.now()];
    const write = async (some: readonly SourceRecord[], deadLetters: ReadonlySet<number>): Promise<void> => {
      const { passengers } = await this.#parts.decode(some, signal);
      const scored = passengers.filter(({ record }) => !deadLetters.has(record.offset));
      const next = some.at(-1)!.offset + 1;
      restored += await history.restore(missing, some, scored, next);
      busy?.(partition);
      if (performance.now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = performance.now();
      log.info({ partition, restored, next, to }, 'history is read again from the topic');
    };
    if (from < to) {
      const deadLetters = await tail.deadLetters(partition, from, to, signal);
      await tail.records(
        partition,
        from,
        to,
        (records) => inPieces(records, (some) => write(some, deadLetters)),
        signal,
      );
    }
    await history.restore(missing, [], [], to);
    log.info({ partition, restored, from, to }, 'the engine has the history of the partition again');
  }

  #of(partition: number): PartitionHistory {
    const known = this.#partitions.get(partition);
    if (known !== undefined) return known;
    const { tag, transactionsTopic: topic, groupId, windowSeconds, referencesMax, history } = this.#setting;
    const { engine } = this.#parts;
    const made = new PartitionHistory({
      engine,
      keys: new HistoryKeys(tag, { topic, partition }),
      group: groupId,
      retention: new Retention(history),
      isByEntity: history.entityField !== undefined,
      windowSeconds,
      referencesMax,
    });
    this.#partitions.set(partition, made);
    return made;
  }
}
