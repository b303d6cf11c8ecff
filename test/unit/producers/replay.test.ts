// A whole replay onto a topic that is an array, under a clock moved by hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Clock, Pace } from '../../../producers/pace.ts';
import type { ReplayProgress } from '../../../producers/replay.ts';
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
    sleepUntil: (timeMs) => {
      sleeps.push(timeMs);
      nowMs = timeMs;
      return Promise.resolve();
    },
  };
  const writer: TopicWriter = {
    partitions: 3,
    write: (batch) => Promise.resolve(void records.push(...batch)),
    close: () => Promise.resolve(void (closed = true)),
  };
  const run = (
    csv: string,
    pace: Pace,
    more: { rows?: number; signal?: AbortSignal; onProgress?: (p: ReplayProgress) => void } = {},
  ) =>
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
    await run(csvOf([0, 0, 0, 0, 0, 0]), { kind: 'rate', perSecond: 500 });
    expect(records.map(({ timestampMs }) => timestampMs - 1000)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(sleeps).toEqual([1005, 1010]);
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

  it('fails with the error of the broker', async () => {
    const { run, writer, closed } = stage();
    writer.write = () => Promise.reject(new Error('broker gone'));
    await expect(run(csvOf([0]), { kind: 'unpaced' })).rejects.toThrow('broker gone');
    expect(closed()).toBe(true);
  });
});
