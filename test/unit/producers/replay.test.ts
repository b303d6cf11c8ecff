// A whole replay onto a topic that is an array, under a clock moved by hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Clock, Pace } from '../../../producers/pace.ts';
import type { ReplayDeps, ReplayOptions, ReplayProgress } from '../../../producers/replay.ts';
import { replay } from '../../../producers/replay.ts';
import type { OutgoingRecord, TopicWriter } from '../../../producers/topic-writer.ts';
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';
import { decodeTransaction } from '../../../src/contracts/transaction.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A CSV of one row per time given; its Amount is `amount`. */
function csvOf(times: readonly number[], amount = '12.5'): string {
  const path = join(folder, 'transactions.csv');
  const rows = times.map((time) => [time, ...Array.from({ length: 28 }, () => '0.25'), amount, 0].join(','));
  writeFileSync(path, [[...FEATURE_NAMES, 'Class'].join(','), ...rows, ''].join('\n'));
  return path;
}

/** A topic of 3 partitions that takes no time, and a clock on which only sleeping takes time. */
function stage() {
  const records: OutgoingRecord[] = [];
  const sleeps: number[] = [];
  let nowMs = 1000;
  let closed = false;
  const clock: Clock = {
    now: () => nowMs,
    sleepUntil: async (timeMs) => {
      sleeps.push(timeMs);
      await turn();
      nowMs = Math.max(nowMs, timeMs);
    },
  };
  const writer: TopicWriter = {
    partitions: 3,
    write: (batch) => Promise.resolve(void records.push(...batch)),
    close: () => Promise.resolve(void (closed = true)),
  };
  const run = (csv: string, pace: Pace, more: Partial<ReplayOptions> & ReplayDeps = {}) =>
    replay(
      { csv, pace, kafka: { brokers: [] }, topic: 'transactions', ...more },
      { clock, openWriter: () => Promise.resolve(writer), ...more },
    );
  return { records, sleeps, run, writer, clock, closed: () => closed };
}

describe('replay', () => {
  it('writes every row once, keyed by its id, spread over all partitions, as the consumer reads it', async () => {
    const { records, run, closed } = stage();
    const report = await run(csvOf([0, 0, 1, 4]), { kind: 'unpaced' });
    expect(records.map(({ key, partition }) => [key, partition])).toEqual([
      ['0_0', 0],
      ['0_1', 1],
      ['1_2', 2],
      ['4_3', 0],
    ]);
    expect(decodeTransaction(records[3]!.value)).toMatchObject({
      transactionId: '4_3',
      time: 4,
      amount: 12.5,
      label: 0,
    });
    expect(report).toMatchObject({ rows: 4, partitions: 3, stopped: false });
    expect(report.bytes).toBe(records.reduce((sum, { value }) => sum + value.length, 0));
    expect(closed()).toBe(true);
  });

  it('stamps a paced record with the time it was meant to be sent, in slices of several rows', async () => {
    const { records, sleeps, run } = stage();
    const { sendDelayMs } = await run(csvOf([0, 0, 0, 0, 0, 0]), { kind: 'rate', perSecond: 2000 });
    expect(records.map(({ timestampMs }) => timestampMs - 1000)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(sleeps).toEqual([1001, 1002, 1003]);
    expect(sendDelayMs).toBeDefined();
  });

  it('counts a late sending from when it was meant to be, however late the ones before it were', async () => {
    const { run, writer, clock } = stage();
    const write = writer.write.bind(writer);
    // The broker takes 100 ms for the first batch: what was due meanwhile is late by as much as it waited.
    let first = true;
    writer.write = async (batch) => {
      if (first) await clock.sleepUntil(1100);
      first = false;
      return write(batch);
    };
    const { sendDelayMs, confirmDelayMs } = await run(csvOf([0, 0, 0, 0]), { kind: 'rate', perSecond: 100 });
    expect(sendDelayMs!.max).toBeGreaterThan(60);
    // The first one was taken at once, and confirmed when the broker had it.
    expect(confirmDelayMs!.max).toBeGreaterThanOrEqual(99);
  });

  it('loops a file, ids and times going on, until the rows asked for', async () => {
    const { records, run } = stage();
    const report = await run(csvOf([5, 6, 9]), { kind: 'unpaced' }, { loop: true, rows: 8 });
    expect(records.map(({ key }) => key)).toEqual(['5_0', '6_1', '9_2', '10_3', '11_4', '14_5', '15_6', '16_7']);
    expect(decodeTransaction(records[4]!.value)).toMatchObject({ transactionId: '11_4', time: 11, amount: 12.5 });
    expect(report.rows).toBe(8);
  });

  it('ends after its duration, and sends nothing that is due later', async () => {
    const { records, run } = stage();
    await run(csvOf([0, 1]), { kind: 'rate', perSecond: 10 }, { loop: true, durationSeconds: 1 });
    expect(records).toHaveLength(10);
  });

  it('shuffles the same for the same seed, every row once', async () => {
    const keysOf = async (shuffleSeed: number): Promise<string[]> => {
      const { records, run } = stage();
      await run(csvOf([0, 1, 2, 3, 4, 5, 6, 7]), { kind: 'unpaced' }, { shuffleSeed });
      return records.map(({ key }) => key);
    };
    const [keys, again, other] = [await keysOf(7), await keysOf(7), await keysOf(8)];
    expect(keys).toEqual(again);
    expect(keys).not.toEqual(other);
    expect(keys.toSorted()).toEqual(['0_0', '1_1', '2_2', '3_3', '4_4', '5_5', '6_6', '7_7']);
  });

  it('gives each of several producers partitions of its own, and closes them all', async () => {
    const { run, writer } = stage();
    const written = new Map<number, Set<number>>();
    const open: TopicWriter[] = [];
    const openWriter = (): Promise<TopicWriter> => {
      const number = open.length;
      const write = (batch: readonly OutgoingRecord[]): Promise<void> => {
        for (const { partition } of batch) written.set(partition, (written.get(partition) ?? new Set()).add(number));
        return Promise.resolve();
      };
      open.push({ ...writer, write });
      return Promise.resolve(open.at(-1)!);
    };
    await run(csvOf([0, 1, 2, 3, 4, 5]), { kind: 'unpaced' }, { producers: 2, openWriter });
    expect([...written].map(([partition, numbers]) => [partition, [...numbers]])).toEqual([
      [0, [0]],
      [2, [0]],
      [1, [1]],
    ]);
    await expect(run(csvOf([0]), { kind: 'unpaced' }, { producers: 4 })).rejects.toMatchObject({
      code: 'PRODUCERS_IDLE',
    });
  });

  it('cannot loop what is gone when it was read', async () => {
    await expect(stage().run('-', { kind: 'unpaced' }, { loop: true })).rejects.toThrow(
      'standard input cannot be looped',
    );
  });

  it('stops at the number of rows asked for', async () => {
    const { records, run } = stage();
    const seen: ReplayProgress[] = [];
    await run(csvOf([0, 1, 2, 3]), { kind: 'unpaced' }, { rows: 2, onProgress: (progress) => seen.push(progress) });
    expect(records).toHaveLength(2);
    expect(seen.at(-1)).toMatchObject({ rows: 2, fraction: 1, etaSeconds: 0 });
  });

  it('ends on the signal with what was due written, and says so', async () => {
    const { records, run, clock } = stage();
    const stop = new AbortController();
    const sleepUntil = clock.sleepUntil.bind(clock);
    clock.sleepUntil = (timeMs) => {
      if (timeMs > 3000) stop.abort();
      return sleepUntil(timeMs);
    };
    const report = await run(csvOf([0, 1, 2, 3, 4]), { kind: 'speed', factor: 1 }, { signal: stop.signal });
    expect(records.map(({ key }) => key)).toEqual(['0_0', '1_1', '2_2']);
    expect(report).toMatchObject({ rows: 3, stopped: true });
  });

  it('names a row that no consumer would take, after writing those before it', async () => {
    const { records, run, closed } = stage();
    await expect(run(csvOf([0, -5]), { kind: 'unpaced' })).rejects.toMatchObject({
      code: 'TRANSACTION_REFUSED',
      message: expect.stringContaining('row 1 of the CSV (-5_1)') as string,
    });
    expect(records).toHaveLength(1);
    expect(closed()).toBe(true);
  });

  it('has done what is written, not what was read ahead of its schedule', async () => {
    const { run } = stage();
    const fractions: (number | undefined)[] = [];
    const onProgress = ({ fraction }: ReplayProgress): unknown => fractions.push(fraction);
    await run(csvOf([0, 0, 0, 0]), { kind: 'rate', perSecond: 2 }, { onProgress });
    expect(fractions).toEqual([0.5, 0.75, 1, 1]);
  });

  it('begins a trace for each transaction, which goes with its record and ends when the broker has it', async () => {
    const { records, run, writer } = stage();
    const ended: string[] = [];
    const traces = {
      begin: (partition: number) => ({
        headers: { traceparent: `of ${partition}` },
        end: (cause?: unknown) => ended.push(`${partition} ${String(cause)}`),
      }),
    };
    await run(csvOf([0, 0, 1]), { kind: 'unpaced' }, { traces });
    expect(records.map(({ trace }) => trace?.headers['traceparent'])).toEqual(['of 0', 'of 1', 'of 2']);
    expect(ended.splice(0)).toEqual(['0 undefined', '1 undefined', '2 undefined']);
    writer.write = () => Promise.reject(new Error('broker gone'));
    await expect(run(csvOf([0]), { kind: 'unpaced' }, { traces })).rejects.toThrow('broker gone');
    expect(ended).toEqual(['0 Error: broker gone']);
  });

  it('fails with the error of the broker', async () => {
    const { run, writer, closed } = stage();
    writer.write = () => Promise.reject(new Error('broker gone'));
    await expect(run(csvOf([0]), { kind: 'unpaced' })).rejects.toThrow('broker gone');
    expect(closed()).toBe(true);
  });
});
