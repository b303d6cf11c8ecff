// Promise: what comes of a partition while its batch is worked on gathers into the next one, and no more than one of a partition is
// at work; where kafkajs fetches from next is no promise that anything is done.
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Abandoned } from '../../../../src/stream/backoff.ts';
import { KafkaSource } from '../../../../src/stream/kafka/source.ts';
import { STREAM_LIMITS } from '../../../../src/stream/options.ts';
import type { SourceBatch } from '../../../../src/stream/source-record.ts';
import { NO_LOG } from '../../../../src/stream/stream-log.ts';
import { eventually } from '../../../helpers/eventually.ts';
import { streamOptions } from '../../../helpers/stream-options.ts';

/** What kafkajs does for a source, and what it was told. */
class ToldConsumer {
  readonly events = { GROUP_JOIN: 'join', END_BATCH_PROCESS: 'end', CRASH: 'crash' };
  readonly told: string[] = [];
  readonly #listeners = new Map<string, (event: { payload: unknown }) => void>();
  #eachBatch: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();
  readonly #stale = new Set<number>();
  heartbeat = (): Promise<void> => Promise.resolve();

  on(event: string, listener: (event: { payload: unknown }) => void): void {
    this.#listeners.set(event, listener);
  }
  connect = (): Promise<void> => Promise.resolve();
  subscribe = (): Promise<void> => Promise.resolve();
  run({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }): Promise<void> {
    this.#eachBatch = eachBatch;
    this.join([0, 1]);
    return Promise.resolve();
  }
  join(partitions: readonly number[]): void {
    this.#listeners.get('join')!({ payload: { memberAssignment: { transactions: partitions } } });
  }
  seek({ partition, offset }: { partition: number; offset: string }): void {
    this.#stale.add(partition);
    this.told.push(`seek ${partition} to ${offset}`);
  }
  pause([{ partitions }]: [{ partitions: number[] }]): void {
    this.told.push(`pause ${partitions.join()}`);
  }
  resume([{ partitions }]: [{ partitions: number[] }]): void {
    this.told.push(`resume ${partitions.join()}`);
  }
  disconnect(): Promise<void> {
    this.told.push('disconnect');
    return Promise.resolve();
  }
  /** What was asked for by seeking is what the next fetch brings. */
  fetchFromSeeks(): void {
    this.#stale.clear();
  }
  /** A fetch from `start` on brought two records that are not to be delivered. */
  passOver(partition: number, start: number): void {
    const payload = { partition, batchSize: 0, fetchedOffset: String(start), lastOffset: String(start + 1) };
    this.#listeners.get('end')!({ payload });
  }
  /** Records from `start` on. Resolves when kafkajs has them back. */
  deliver(partition: number, start: number, count = 2): Promise<void> {
    const messages = Array.from({ length: count }, (_, index) => ({
      offset: String(start + index),
      timestamp: '1',
      key: null,
      value: null,
    }));
    const batch = {
      topic: 'transactions',
      partition,
      messages,
      fetchedOffset: String(start),
      highWatermark: '100',
      firstOffset: () => String(start),
      lastOffset: () => String(start + count - 1),
    };
    return this.#eachBatch({
      batch,
      isRunning: () => true,
      isStale: () => this.#stale.has(partition),
      heartbeat: () => this.heartbeat(),
      resolveOffset: (offset: string) => this.told.push(`${partition} fetched to ${offset}`),
    } as unknown as EachBatchPayload);
  }
}

describe('the source', () => {
  let kafka: ToldConsumer;
  let source: KafkaSource;
  const failures: Error[] = [];
  let passedOver: string[];
  let generation: AbortSignal;
  /** What a batch that is abandoned has to finish first. */
  let underWay: Promise<void>;
  /** Batches at work, by partition and start, each with what ends it. */
  let atWork: Map<string, { end: (next: number) => void; signal: AbortSignal }>;

  beforeEach(async () => {
    kafka = new ToldConsumer();
    atWork = new Map();
    failures.length = 0;
    underWay = Promise.resolve();
    const take = ({ partition, start, end, records }: SourceBatch, signal: AbortSignal): Promise<number> =>
      new Promise((resolve, reject) => {
        for (const { offset } of records) expect(offset >= start && offset < end).toBe(true);
        atWork.set(`${partition}:${start}-${end - 1}`, { end: resolve, signal });
        signal.addEventListener('abort', () => void underWay.then(() => reject(new Abandoned())));
      });
    const handlers = {
      take,
      passedOver: (partition: number, start: number, end: number) =>
        passedOver.push(`${partition}:${start}-${end - 1}`),
      assigned: (_partitions: readonly number[], signal: AbortSignal) => (generation = signal),
      failed: (error: Error) => failures.push(error),
    };
    const options = { ...streamOptions({ url: 'redis://nowhere' }), batchRecordsMax: 8 };
    const limits = { ...STREAM_LIMITS, sessionTimeoutMs: 100 };
    passedOver = [];
    source = new KafkaSource({ consumer: () => kafka } as unknown as Kafka, options, limits, handlers, NO_LOG);
    await source.start();
  });

  it('hands a batch back to kafkajs while it is worked on, and begins what came meanwhile when its turn has come', async () => {
    await kafka.deliver(0, 0);
    await kafka.deliver(1, 0);
    await kafka.deliver(0, 2);
    await kafka.deliver(0, 4);
    expect([...atWork.keys()]).toEqual(['0:0-1', '1:0-1']);
    atWork.get('0:0-1')!.end(2);
    await eventually(() => atWork.size === 3);
    expect([...atWork.keys()]).toEqual(['0:0-1', '1:0-1', '0:2-5']);
    expect(kafka.told).toEqual(['0 fetched to 1', '1 fetched to 1', '0 fetched to 3', '0 fetched to 5']);
  });

  it('lets no more gather than a batch may hold', async () => {
    await kafka.deliver(0, 0);
    await kafka.deliver(0, 2);
    let isBack = false;
    const much = kafka.deliver(0, 4, 3).then(() => (isBack = true));
    await delay(20);
    expect(isBack).toBe(false);
    atWork.get('0:0-1')!.end(2);
    await much;
    expect([...atWork.keys()]).toEqual(['0:0-1', '0:2-6']);
  });

  it('lets what does not fit wait for what is at hand to begin', async () => {
    await kafka.deliver(0, 0);
    await kafka.deliver(0, 2, 4);
    const tooMuch = kafka.deliver(0, 6, 5);
    await delay(20);
    expect(kafka.told.at(-1)).toBe('0 fetched to 5');
    atWork.get('0:0-1')!.end(2);
    await eventually(() => kafka.told.at(-1) === '0 fetched to 10');
    expect([...atWork.keys()]).toEqual(['0:0-1', '0:2-5']);
    atWork.get('0:2-5')!.end(6);
    await tooMuch;
    expect([...atWork.keys()].at(-1)).toBe('0:6-10');
  });

  it('joins only what follows on: a gap is for the partition to find', async () => {
    await kafka.deliver(0, 0);
    await kafka.deliver(0, 2);
    const beyond = kafka.deliver(0, 10);
    atWork.get('0:0-1')!.end(2);
    await beyond;
    atWork.get('0:2-3')!.end(4);
    await eventually(() => atWork.size === 3);
    expect([...atWork.keys()]).toEqual(['0:0-1', '0:2-3', '0:10-11']);
  });

  it('passes over what holds nothing in its place: behind what is at hand', async () => {
    await kafka.deliver(0, 0);
    kafka.passOver(0, 2);
    expect(passedOver).toEqual(['0:2-3']);
    await kafka.deliver(0, 4);
    kafka.passOver(0, 6);
    await kafka.deliver(0, 8);
    expect(passedOver).toEqual(['0:2-3']);
    atWork.get('0:0-1')!.end(2);
    await eventually(() => atWork.has('0:4-9'));
  });

  it('drops what was fetched ahead where the partition goes on elsewhere', async () => {
    await kafka.deliver(0, 5);
    await kafka.deliver(0, 7);
    atWork.get('0:5-6')!.end(3);
    await delay(1);
    expect([...atWork.keys()]).toEqual(['0:5-6']);
    expect(kafka.told).toEqual(['0 fetched to 6', '0 fetched to 8', 'seek 0 to 3']);
  });

  it('lets nothing of a former assignment begin in the next one, nor move it', async () => {
    await kafka.deliver(0, 0);
    await kafka.deliver(0, 2);
    kafka.join([0]);
    await delay(1);
    expect([...atWork.keys()]).toEqual(['0:0-1']);
    await kafka.deliver(0, 2);
    expect([...atWork.keys()]).toEqual(['0:0-1', '0:2-3']);
    expect(kafka.told).toEqual(['0 fetched to 1', '0 fetched to 3', '0 fetched to 3']);
  });

  it('tells kafkajs with the next batch that membership was lost during the one before', async () => {
    const lost = Object.assign(new Error('The group is rebalancing'), { type: 'REBALANCE_IN_PROGRESS' });
    await kafka.deliver(0, 0);
    await kafka.deliver(0, 2);
    kafka.heartbeat = () => Promise.reject(lost);
    await eventually(() => atWork.get('0:0-1')!.signal.aborted);
    await expect(kafka.deliver(0, 4)).rejects.toBe(lost);
    expect([...atWork.keys()]).toEqual(['0:0-1']);
    expect(failures).toEqual([]);
  });

  it('lets go of what waits behind a batch that is set aside, and fetches it again when that one is through', async () => {
    await kafka.deliver(0, 0);
    await kafka.deliver(1, 0);
    const gathering = kafka.deliver(0, 2);
    source.setAside((partition) => partition === 0);
    source.setAside((partition) => partition === 0);
    await gathering;
    await kafka.deliver(0, 4);
    expect([...atWork.keys()]).toEqual(['0:0-1', '1:0-1']);
    atWork.get('0:0-1')!.end(2);
    await delay(1);
    kafka.fetchFromSeeks();
    await kafka.deliver(0, 2);
    expect([...atWork.keys()]).toEqual(['0:0-1', '1:0-1', '0:2-3']);
    const told = ['0 fetched to 1', '1 fetched to 1', '0 fetched to 3', 'pause 0', 'seek 0 to 2', 'resume 0'];
    expect(kafka.told).toEqual([...told, '0 fetched to 3']);
  });

  it('sets aside only what is at work', async () => {
    await kafka.deliver(0, 0);
    atWork.get('0:0-1')!.end(2);
    await delay(1);
    source.setAside(() => true);
    expect(kafka.told).toEqual(['0 fetched to 1']);
  });

  it('lets a partition go on in its next assignment that was set aside in the former one', async () => {
    await kafka.deliver(0, 0);
    source.setAside(() => true);
    kafka.join([0]);
    await delay(1);
    await kafka.deliver(0, 0);
    expect(kafka.told).toEqual(['0 fetched to 1', 'pause 0', 'resume 0', '0 fetched to 1']);
  });

  it('does not take a membership for lost that has been had again since', async () => {
    let finish = (): void => {};
    underWay = new Promise((resolve) => (finish = resolve));
    kafka.heartbeat = () => Promise.reject(Object.assign(new Error('rebalancing'), { type: 'REBALANCE_IN_PROGRESS' }));
    await kafka.deliver(0, 0);
    await eventually(() => atWork.get('0:0-1')!.signal.aborted);
    kafka.join([0]);
    kafka.heartbeat = () => Promise.resolve();
    const next = kafka.deliver(0, 0);
    finish();
    await next;
    expect(atWork.get('0:0-1')!.signal.aborted).toBe(false);
  });

  it('keeps nothing of batches that are through, however long an assignment lasts', async () => {
    for (let start = 0; start < 20; start += 2) {
      await kafka.deliver(0, start);
      atWork.get(`0:${start}-${start + 1}`)!.end(start + 2);
      await delay(1);
    }
    expect(getEventListeners(generation, 'abort')).toEqual([]);
    // What `AbortSignal.any` would have left there: a set, though none that is an instance of Set.
    const kept = Object.getOwnPropertySymbols(generation).map((name) => (generation as never)[name] as unknown);
    const sizes = kept.map((value) => (value as { size?: number } | undefined)?.size ?? 0);
    expect(Math.max(...sizes)).toBe(0);
  });

  it('leaves the group when what is at work has ended', async () => {
    await kafka.deliver(0, 0);
    await source.stop(1_000);
    expect(atWork.get('0:0-1')!.signal.aborted).toBe(true);
    expect(kafka.told.at(-1)).toBe('disconnect');
  });
});
