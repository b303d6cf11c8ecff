// What has been fetched of a partition while its batch before is worked on. It grows until its turn comes, so that what a batch
// takes up is what there was when work on it began, not what there was a whole batch earlier.
import type { EachBatchPayload } from 'kafkajs';
import type { SourceBatch } from '../source-record.ts';

/** A batch, and what it came with: the assignment it is of, and kafkajs' handle for it. */
export interface Delivery {
  readonly batch: SourceBatch;
  readonly payload: EachBatchPayload;
  readonly generation: AbortSignal;
}

export class AtHand {
  readonly #recordsMax: number;
  readonly #byPartition = new Map<number, Delivery>();

  constructor(recordsMax: number) {
    this.#recordsMax = recordsMax;
  }

  /** @returns false where it has to wait: for room, or because it does not begin where the last one ended */
  add(delivery: Delivery): boolean {
    const { batch } = delivery;
    const before = this.#byPartition.get(batch.partition);
    if (before === undefined) {
      this.#byPartition.set(batch.partition, delivery);
      return true;
    }
    if (before.batch.end !== batch.start) return false;
    if (before.batch.records.length + batch.records.length > this.#recordsMax) return false;
    this.#byPartition.set(batch.partition, { ...delivery, batch: joined(before.batch, batch) });
    return true;
  }

  /** Nothing to deliver from `start` to before `end`. @returns false where that does not follow what is at hand */
  passOver(partition: number, start: number, end: number): boolean {
    const before = this.#byPartition.get(partition);
    if (before?.batch.end !== start) return false;
    this.#byPartition.set(partition, { ...before, batch: { ...before.batch, end } });
    return true;
  }

  /** Another fetch would bring more than fits. */
  isMuch(partition: number): boolean {
    return 2 * (this.#byPartition.get(partition)?.batch.records.length ?? 0) > this.#recordsMax;
  }

  clear(): void {
    this.#byPartition.clear();
  }

  /** What is at hand of the partition, which is then no longer kept. */
  take(partition: number): Delivery | undefined {
    const delivery = this.#byPartition.get(partition);
    this.#byPartition.delete(partition);
    return delivery;
  }
}

const joined = (first: SourceBatch, second: SourceBatch): SourceBatch => ({
  ...second,
  start: first.start,
  records: [...first.records, ...second.records],
});
