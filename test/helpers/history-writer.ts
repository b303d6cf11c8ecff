// A partition's live history as a consumer keeps it, without Kafka: batch after batch is looked up and written, and taken over anew
// after any doubt, as src/stream/partition-worker.ts does it.
import { setTimeout as delay } from 'node:timers/promises';
import type { Passenger } from '../../src/stream/decode.ts';
import { EngineUnavailable, type Engine } from '../../src/stream/engine/engine.ts';
import { KeyList } from '../../src/stream/engine/key-list.ts';
import { HistoryKeys } from '../../src/stream/history/history-keys.ts';
import { HistoryMoved } from '../../src/stream/history/history-moved.ts';
import { PartitionHistory } from '../../src/stream/history/partition-history.ts';
import { Retention } from '../../src/stream/history/retention.ts';
import type { Outcome } from '../../src/stream/outcome.ts';

const BATCH = 5;
const REFERENCES = 10;
const PAUSE_MS = 20;

export class HistoryWriter {
  readonly keys: HistoryKeys;
  readonly #history: PartitionHistory;
  #next = 0;
  #isOver = false;
  readonly #running: Promise<void>;
  /** Times that the engine's history was not what it had to be, or the engine away. */
  doubts = 0;
  /** In words, what a transaction saw and should not, or the other way round. */
  readonly faults: string[] = [];

  constructor(engine: Engine, tag: string) {
    this.keys = new HistoryKeys(tag, { topic: 'transactions', partition: 0 });
    const retention = new Retention({ recordsMax: 1_000_000, ageMsMax: undefined, entityField: undefined });
    const options = { isByEntity: false, windowSeconds: 1_000_000, referencesMax: REFERENCES };
    this.#history = new PartitionHistory({ engine, keys: this.keys, group: 'group', retention, ...options });
    this.#running = this.#run();
  }

  /** Offsets below it are published. */
  get next(): number {
    return this.#next;
  }

  /** When all that is published is written. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    await this.#patiently(() => this.#takeOver());
  }

  async #run(): Promise<void> {
    await this.#patiently(() => this.#takeOver());
    while (!this.#isOver) {
      await this.#patiently(() => this.#batch());
      await delay(PAUSE_MS);
    }
  }

  async #batch(): Promise<void> {
    const batch = transactions(this.#next, this.#next + BATCH);
    const records = batch.map(({ record }) => record);
    const view = this.#history.view(records, batch);
    const seen = await view.referenceKeys(batch, 1, (short) => Promise.resolve(short.map(() => KeyList.NONE)));
    await view.past.confirm(1);
    batch.forEach(({ record: { offset } }, index) => this.#look(offset, seen[index]!));
    this.#next += BATCH;
    this.#history.published(
      batch.map(({ record }) => ({ kind: 'score', record, score: {} }) as Outcome),
      this.#next,
    );
  }

  /** The ten before it, newest first. */
  #look(offset: number, seen: unknown): void {
    const found = seen instanceof KeyList ? [...seen].map((key) => this.keys.positionOf(key)?.offset) : [seen];
    const count = Math.min(offset, REFERENCES);
    const expected = Array.from({ length: count }, (_, index) => offset - 1 - index);
    if (found.join() !== expected.join()) this.faults.push(`${offset} saw ${found.join()}`);
  }

  async #takeOver(): Promise<void> {
    const missing = await this.#history.begin(this.#next);
    if (missing === undefined) return;
    const some = transactions(missing.from, this.#next);
    await this.#history.restore(
      missing,
      some.map(({ record }) => record),
      some,
      this.#next,
    );
  }

  /** @throws what is no reason to wait */
  async #patiently(work: () => Promise<void>): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        if (!isFirst) await this.#takeOver();
        await work();
        return;
      } catch (error) {
        if (!(error instanceof EngineUnavailable || error instanceof HistoryMoved)) throw error;
        this.doubts++;
        await delay(PAUSE_MS);
      }
    }
  }
}

/** From offset `from` to before `to`, a second each. */
function transactions(from: number, to: number): readonly Passenger[] {
  return Array.from({ length: to - from }, (_, index) => {
    const offset = from + index;
    const record = { topic: 'transactions', partition: 0, offset, timestamp: offset, key: null, value: null };
    const features = new Float32Array(30).fill(offset);
    const transaction = { transactionId: `t-${offset}`, time: offset, amount: 0, label: null, features };
    return { record, transaction };
  });
}
