// Replays a CSV of card transactions onto a Kafka topic: read, wait until it is due, encode, write.
import type { KafkaConfig } from 'kafkajs';
import { encodeTransaction } from '../src/contracts/transaction.ts';
import { counted } from '../src/core/counted.ts';
import { EXIT, FraudstreamError, messageOf } from '../src/core/errors.ts';
import { Latency } from '../src/telemetry/latency.ts';
import type { SentTrace } from '../src/telemetry/traces/sent-traces.ts';
import { readTransactions } from './csv.ts';
import { loopRows, type ReplayRow } from './loop-rows.ts';
import { Outbox } from './outbox.ts';
import type { Clock, Pace } from './pace.ts';
import { scheduleOf, systemClock, wakeMs } from './pace.ts';
import { primed } from './primed.ts';
import { shuffleRows } from './shuffle-rows.ts';
import type { OutgoingRecord, TopicWriter } from './topic-writer.ts';
import { openTopicWriter } from './topic-writer.ts';

/** A transaction takes about 280 bytes, so a batch stays well below the broker's 1 MiB even on one partition. */
const OUTBOX_LIMITS = { batchRecordsMax: 2000, batchBytesMax: 512 * 1024 };
const PROGRESS_INTERVAL_MS = 200;
/** Read and encoded before a schedule starts: about what it takes until the code that does it runs at its full speed. */
const PRIMED_ROWS = 5000;

export interface ReplayOptions {
  /** Path of the CSV, of a .gz of one, or `-` for stdin. */
  readonly csv: string;
  readonly kafka: KafkaConfig;
  readonly topic: string;
  readonly pace: Pace;
  /** At most so many rows. */
  readonly rows?: number | undefined;
  /** Nothing that is due later than so many seconds after the start. */
  readonly durationSeconds?: number | undefined;
  /** The file again and again; only `rows`, `durationSeconds` or `signal` ends it. */
  readonly loop?: boolean | undefined;
  /** In another order, the same for the same seed. */
  readonly shuffleSeed?: number | undefined;
  /** Kafka producers side by side, 1 unless told; each writes to partitions of its own. */
  readonly producers?: number | undefined;
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

export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface ReplayReport {
  /** Written, and confirmed by the broker. */
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly ratePerSecond: number;
  readonly partitions: number;
  /** From when a record was meant to be sent to when a producer took it; undefined where the replay was not paced. */
  readonly sendDelayMs: Delays | undefined;
  /** From when a record was meant to be sent to when the broker had it; undefined where the replay was not paced. */
  readonly confirmDelayMs: Delays | undefined;
  /** True where `signal` ended it. */
  readonly stopped: boolean;
}

/** How a trace is begun for each transaction; whoever starts a replay may hand it in. */
export interface ReplayTraces {
  begin(partition: number): SentTrace;
}

export interface ReplayDeps {
  readonly traces?: ReplayTraces | undefined;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly clock?: Clock;
  readonly openWriter?: (kafka: KafkaConfig, topic: string) => Promise<TopicWriter>;
}

/** @throws FraudstreamError for a broken CSV, an absent broker or topic; rows before it are written. */
export async function replay(options: ReplayOptions, deps: ReplayDeps = {}): Promise<ReplayReport> {
  const { openWriter = openTopicWriter } = deps;
  const { rows, fraction } = await openRows(options);
  const writers: TopicWriter[] = [];
  try {
    for (let opened = 0; opened < (options.producers ?? 1); opened++) {
      writers.push(await openWriter(options.kafka, options.topic));
      if (opened >= writers[0]!.partitions) throw tooManyProducers(options, writers[0]!.partitions);
    }
    const lead: Lead = { rows: 0 };
    const records = unsentRecords(rows, writers[0]!.partitions, lead);
    const ready = isScheduled(options) ? await primed(records, PRIMED_ROWS) : records;
    return await new Replay(options, deps, writers, (written) => fractionOf(fraction(), written, lead)).run(ready);
  } finally {
    await Promise.all(writers.map((writer) => writer.close()));
  }
}

class Replay {
  readonly #options: ReplayOptions;
  readonly #clock: Clock;
  readonly #onProgress: (progress: ReplayProgress) => void;
  readonly #fractionWritten: (written: number) => number | undefined;
  readonly #partitions: number;
  readonly #traces: ReplayTraces | undefined;
  /** One for each producer; a partition always has the same one, so that its records keep their order. */
  readonly #outboxes: readonly Outbox<OutgoingRecord>[];
  readonly #sendDelays = new Latency();
  readonly #confirmDelays = new Latency();
  readonly #startMs: number;
  #rows = 0;
  #bytes = 0;
  #progressMs: number;

  constructor(
    options: ReplayOptions,
    { clock = systemClock, onProgress = () => undefined, traces }: ReplayDeps,
    writers: readonly TopicWriter[],
    fractionWritten: (written: number) => number | undefined,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#onProgress = onProgress;
    this.#traces = traces;
    this.#fractionWritten = fractionWritten;
    this.#partitions = writers[0]!.partitions;
    this.#outboxes = writers.map(
      (writer) =>
        new Outbox(async (batch) => {
          this.#measure(this.#sendDelays, batch);
          await writer.write(batch).then(endTraces(batch), failTraces(batch));
          this.#measure(this.#confirmDelays, batch);
          this.#count(batch);
        }, OUTBOX_LIMITS),
    );
    this.#startMs = clock.now();
    this.#progressMs = this.#startMs;
  }

  async run(records: AsyncIterable<UnsentRecord>): Promise<ReplayReport> {
    const { signal, pace, rows: rowsMax = Infinity, durationSeconds = Infinity } = this.#options;
    const dueOf = scheduleOf(pace);
    const endMs = this.#startMs + durationSeconds * 1000;
    let rowNumber = 0;
    try {
      for await (const { time, key, value, partition } of records) {
        const dueMs = dueOf(rowNumber, time);
        const intendedMs = pace.kind === 'unpaced' ? this.#clock.now() : this.#startMs + dueMs;
        if (intendedMs >= endMs) break;
        if (intendedMs > this.#clock.now()) await this.#clock.sleepUntil(this.#startMs + wakeMs(dueMs), signal);
        if (signal?.aborted === true) break;
        // When it was meant to be sent, so that a latency measured from it hides no delay of ours.
        await this.#send({ key, value, partition, timestampMs: intendedMs, trace: this.#traces?.begin(partition) });
        rowNumber += 1;
        if (rowNumber >= rowsMax) break;
      }
    } finally {
      await Promise.all(this.#outboxes.map((outbox) => outbox.drain()));
    }
    this.#onProgress(this.#progress());
    return this.#report();
  }

  #send(record: OutgoingRecord): Promise<void> {
    return this.#outboxes[record.partition % this.#outboxes.length]!.add(record);
  }

  #measure(delays: Latency, batch: readonly OutgoingRecord[]): void {
    if (this.#options.pace.kind === 'unpaced') return;
    const nowMs = this.#clock.now();
    for (const { timestampMs } of batch) delays.recordMs(nowMs - timestampMs);
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
    const { rows: rowsMax, durationSeconds } = this.#options;
    const fractions = [
      rowsMax === undefined ? undefined : rows / rowsMax,
      durationSeconds === undefined ? undefined : Math.min(1, seconds / durationSeconds),
      this.#fractionWritten(rows),
    ].filter((fraction) => fraction !== undefined);
    // Whichever end comes first.
    const fraction = fractions.length === 0 ? undefined : Math.max(...fractions);
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
      sendDelayMs: delaysOf(this.#sendDelays),
      confirmDelayMs: delaysOf(this.#confirmDelays),
      stopped: this.#options.signal?.aborted === true,
    };
  }
}

const endTraces = (batch: readonly OutgoingRecord[]) => (): void => {
  for (const { trace } of batch) trace?.end();
};

const failTraces =
  (batch: readonly OutgoingRecord[]) =>
  (cause: unknown): never => {
    for (const { trace } of batch) trace?.end(cause);
    throw cause;
  };

function delaysOf(delays: Latency): Delays | undefined {
  const at = (percent: number): number => delays.percentileMs(percent)!;
  return delays.count === 0 ? undefined : { p50: at(50), p99: at(99), max: at(100) };
}

/** Ready but for the time at which it is meant to be sent. */
interface UnsentRecord extends Omit<OutgoingRecord, 'timestampMs'> {
  /** The row's Time, in seconds. */
  readonly time: number;
}

/** How many rows of the file were taken so far, most of them perhaps only made ready. */
interface Lead {
  rows: number;
}

/** Share of the file that is written: what was read ahead of the schedule is not done yet. */
function fractionOf(fractionRead: number | undefined, written: number, { rows }: Lead): number | undefined {
  return fractionRead === undefined || rows === 0 ? fractionRead : Math.min(1, (fractionRead * written) / rows);
}

/** The row's number chooses the partition: the load is even, and a second replay puts each row where the first did. */
async function* unsentRecords(
  rows: AsyncIterable<ReplayRow>,
  partitions: number,
  lead: Lead,
): AsyncGenerator<UnsentRecord> {
  for await (const row of rows) {
    // Rows of a shuffled file do not come in its order.
    lead.rows = Math.max(lead.rows, row.index + 1);
    yield { time: row.values[0]!, key: row.id, value: encode(row), partition: row.index % partitions };
  }
}

/** Standard input may come as slowly as it likes: what is there goes out. */
const isScheduled = ({ pace, csv }: ReplayOptions): boolean => pace.kind !== 'unpaced' && csv !== '-';

interface OpenedRows {
  readonly rows: AsyncIterable<ReplayRow>;
  /** Share of the file that was read; undefined where it is read more than once, or its size is unknown. */
  readonly fraction: () => number | undefined;
}

async function openRows({ csv, signal, loop, shuffleSeed }: ReplayOptions): Promise<OpenedRows> {
  if (loop === true && csv === '-') throw loopedStdin();
  const file = await readTransactions(csv, signal);
  let unread: AsyncIterable<ReplayRow> | undefined = file.rows;
  const open = async (): Promise<AsyncIterable<ReplayRow>> => {
    const rows = unread ?? (await readTransactions(csv, signal)).rows;
    unread = undefined;
    return rows;
  };
  const rows = loop === true ? loopRows(open) : file.rows;
  return {
    rows: shuffleSeed === undefined ? rows : shuffleRows<ReplayRow>(rows, shuffleSeed),
    fraction: loop === true ? () => undefined : file.fraction,
  };
}

function encode(row: ReplayRow): Buffer {
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

function loopedStdin(): FraudstreamError {
  return new FraudstreamError('SETTINGS_CONTRADICT', 'standard input cannot be looped: it is gone when it was read', {
    next: 'write it to a file and replay that',
    exitCode: EXIT.usage,
  });
}

function tooManyProducers({ producers = 1, topic }: ReplayOptions, partitions: number): FraudstreamError {
  const words = `${counted(producers, 'producer')}, and the topic ${topic} has ${counted(partitions, 'partition')}`;
  return new FraudstreamError('PRODUCERS_IDLE', `${words}: each producer writes to partitions of its own`, {
    next: `use --producers ${partitions} at most, or a topic of more partitions`,
    exitCode: EXIT.usage,
  });
}
