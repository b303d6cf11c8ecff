// Sees each score the moment a reader at `read_committed` does, and how long that was after its transaction was due.
import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { decodeFraudScore } from '../../contracts/fraud-score.ts';
import { Latency } from '../../telemetry/latency.ts';

/** The broker answers as soon as there is something; only where there is nothing does it wait so long. */
const FETCH_WAIT_MS = 10;

export interface Window {
  /** From the first transaction of the window on, so much is not counted. */
  readonly settleMs: number;
  readonly lengthMs: number;
}

export class ScoreReader {
  readonly #consumer: Consumer;
  readonly latency = new Latency();
  /** Scores and other outcomes that were read, counted or not. */
  seen = 0;
  /** Scores that became visible within a window's length, from the first one on. */
  visible = 0;
  #window: Window | undefined;
  /** Milliseconds since 1970: when the first transaction of the window was due, and when the first score was visible. */
  #first: { readonly dueMs: number; readonly visibleMs: number } | undefined;

  private constructor(consumer: Consumer) {
    this.#consumer = consumer;
  }

  static async open(kafka: Kafka, topic: string): Promise<ScoreReader> {
    const groupId = `fraudstream-bench-reader-${randomUUID()}`;
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: FETCH_WAIT_MS });
    const reader = new ScoreReader(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        const nowMs = performance.timeOrigin + performance.now();
        for (const { value } of batch.messages) reader.#take(value!, nowMs);
        return Promise.resolve();
      },
    });
    return reader;
  }

  /** What comes from now on is measured. */
  measure(window: Window): void {
    this.#window = window;
  }

  close(): Promise<void> {
    return this.#consumer.disconnect();
  }

  #take(value: Buffer, nowMs: number): void {
    this.seen += 1;
    if (this.#window === undefined) return;
    const { sourceTimestamp } = decodeFraudScore(value);
    this.#first ??= { dueMs: sourceTimestamp, visibleMs: nowMs };
    if (isWithin(this.#window, sourceTimestamp - this.#first.dueMs)) this.latency.recordMs(nowMs - sourceTimestamp);
    if (isWithin(this.#window, nowMs - this.#first.visibleMs)) this.visible += 1;
  }
}

const isWithin = ({ settleMs, lengthMs }: Window, ms: number): boolean => ms >= settleMs && ms < settleMs + lengthMs;
