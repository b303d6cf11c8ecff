// Replays a CSV of card transactions onto a Kafka topic: read, wait until it is due, encode, write.
import type { KafkaConfig } from 'kafkajs';
import { encodeTransaction } from '../src/contracts/transaction.ts';
import { EXIT, FraudstreamError, messageOf } from '../src/core/errors.ts';
import type { CsvTransaction } from './csv.ts';
import { readTransactions } from './csv.ts';
import { Outbox } from './outbox.ts';
import type { Clock, Pace } from './pace.ts';
import { scheduleOf, systemClock, wakeMs } from './pace.ts';
import type { OutgoingRecord, TopicWriter } from './topic-writer.ts';
import { openTopicWriter } from './topic-writer.ts';

/** A transaction takes about 280 bytes, so a batch stays well below the broker's 1 MiB even on one partition. */
const OUTBOX_LIMITS = { batchRecordsMax: 2000, batchBytesMax: 512 * 1024 };
const PROGRESS_INTERVAL_MS = 200;

export interface ReplayOptions {
  /** Path of the CSV, of a .gz of one, or `-` for stdin. */
  readonly csv: string;
  readonly kafka: KafkaConfig;
  readonly topic: string;
  readonly pace: Pace;
  /** At most so many rows. */
  readonly rows?: number | undefined;
  /** Ends the replay early; what is due already is still written. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReplayProgress {
  /** Written, and confirmed by the broker. */
  readonly rows: number;
  readonly ratePerSecond: number;
  /** Share of the work done, 0..1; undefined where the end cannot be foreseen. */
  readonly fraction: number | undefined;
  readonly etaSeconds: number | undefined;
}

export interface ReplayReport {
  /** Written, and confirmed by the broker. */
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly ratePerSecond: number;
  readonly partitions: number;
  /** True where `signal` ended it. */
  readonly stopped: boolean;
}

export interface ReplayDeps {
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly clock?: Clock;
  readonly openWriter?: (kafka: KafkaConfig, topic: string) => Promise<TopicWriter>;
}

/** @throws FraudstreamError for a broken CSV, an absent broker or topic; rows before it are written. */
export async function replay(options: ReplayOptions, deps: ReplayDeps = {}): Promise<ReplayReport> {
  const { openWriter = openTopicWriter } = deps;
  const csv = await readTransactions(options.csv, options.signal);
  const writer = await openWriter(options.kafka, options.topic);
  try {
    return await new Replay(options, deps, writer, csv.fraction).run(csv.rows);
  } finally {
    await writer.close();
  }
}

class Replay {
  readonly #options: ReplayOptions;
  readonly #clock: Clock;
  readonly #onProgress: (progress: ReplayProgress) => void;
  readonly #fractionRead: () => number | undefined;
  readonly #partitions: number;
  readonly #outbox: Outbox<OutgoingRecord>;
  readonly #startMs: number;
  #rows = 0;
  #bytes = 0;
  #progressMs: number;

  constructor(
    options: ReplayOptions,
    { clock = systemClock, onProgress = () => undefined }: ReplayDeps,
    writer: TopicWriter,
    fractionRead: () => number | undefined,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#onProgress = onProgress;
    this.#fractionRead = fractionRead;
    this.#partitions = writer.partitions;
    this.#outbox = new Outbox(async (batch) => {
      await writer.write(batch);
      this.#count(batch);
    }, OUTBOX_LIMITS);
    this.#startMs = clock.now();
    this.#progressMs = this.#startMs;
  }

  async run(rows: AsyncIterable<CsvTransaction>): Promise<ReplayReport> {
    const { signal, pace, rows: rowsMax = Infinity } = this.#options;
    const dueOf = scheduleOf(pace);
    try {
      for await (const row of rows) {
        const dueMs = dueOf(row.index, row.values[0]!);
        if (this.#startMs + dueMs > this.#clock.now()) {
          await this.#clock.sleepUntil(this.#startMs + wakeMs(dueMs), signal);
        }
        if (signal?.aborted === true) break;
        const intendedMs = pace.kind === 'unpaced' ? this.#clock.now() : this.#startMs + dueMs;
        await this.#outbox.add(this.#recordOf(row, intendedMs));
        if (row.index + 1 >= rowsMax) break;
      }
    } finally {
      await this.#outbox.drain();
    }
    this.#onProgress(this.#progress());
    return this.#report();
  }

  /**
   * The row's number chooses the partition: the load is even, and a second replay puts each row where the first did.
   * The timestamp is when the row was meant to be sent, so that a latency measured from it hides no delay of ours.
   */
  #recordOf(row: CsvTransaction, timestampMs: number): OutgoingRecord {
    const value = encode(row);
    return { key: row.id, value, partition: row.index % this.#partitions, timestampMs };
  }

  #count(batch: readonly OutgoingRecord[]): void {
    this.#rows += batch.length;
    for (const { value } of batch) this.#bytes += value.length;
    if (this.#clock.now() - this.#progressMs < PROGRESS_INTERVAL_MS) return;
    this.#progressMs = this.#clock.now();
    this.#onProgress(this.#progress());
  }

  #progress(): ReplayProgress {
    const { rows, seconds, ratePerSecond } = this.#report();
    const byRows = this.#options.rows === undefined ? undefined : rows / this.#options.rows;
    const byBytes = this.#fractionRead();
    const fraction = byRows === undefined || byBytes === undefined ? (byRows ?? byBytes) : Math.max(byRows, byBytes);
    const etaSeconds = fraction === undefined || fraction === 0 ? undefined : (seconds * (1 - fraction)) / fraction;
    return { rows, ratePerSecond, fraction, etaSeconds };
  }

  #report(): ReplayReport {
    const seconds = (this.#clock.now() - this.#startMs) / 1000;
    return {
      rows: this.#rows,
      bytes: this.#bytes,
      seconds,
      ratePerSecond: seconds > 0 ? this.#rows / seconds : 0,
      partitions: this.#partitions,
      stopped: this.#options.signal?.aborted === true,
    };
  }
}

function encode(row: CsvTransaction): Buffer {
  try {
    return encodeTransaction({ transactionId: row.id, values: row.values, label: row.label });
  } catch (cause) {
    throw new FraudstreamError('TRANSACTION_REFUSED', `row ${row.index} of the CSV (${row.id}): ${messageOf(cause)}`, {
      next: 'mend the row: no consumer would take it',
      exitCode: EXIT.data,
      cause,
    });
  }
}
