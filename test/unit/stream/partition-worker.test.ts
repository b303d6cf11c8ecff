// The partition worker's promises one by one; test/stream/exactly-once.test.ts puts them through crashes and chance.
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FraudstreamError } from '../../../src/core/errors.ts';
import { Abandoned, backoff } from '../../../src/stream/backoff.ts';
import { deadLetterOutcome } from '../../../src/stream/outcome.ts';
import { PartitionWorker } from '../../../src/stream/partition-worker.ts';
import { recordFault } from '../../../src/stream/record-fault.ts';
import type { SourceBatch, SourceRecord } from '../../../src/stream/source-record.ts';
import { NO_LOG } from '../../../src/stream/stream-log.ts';

const records = (from: number, to: number): SourceRecord[] =>
  Array.from({ length: to - from }, (_, index) => ({
    topic: 't',
    partition: 0,
    offset: from + index,
    timestamp: 0,
    key: null,
    value: null,
  }));
const batch = (start: number, end: number, held = records(start, end)): SourceBatch => ({
  partition: 0,
  start,
  end,
  records: held,
  highWatermark: end,
});

/** A log that does what it is told; `calls` is what the worker did, in order. */
class ToldLog {
  readonly calls: string[] = [];
  committed = 0;
  oldestOffset = 0;
  /** Failures of the next publishes, first one first; `undefined` succeeds. */
  failures: (Error | undefined)[] = [];
  onPublish = (): void => {};
  /** What writers were told that outcomes are being made up to. */
  readonly expected: number[] = [];
  /** What scoring comes to before it comes to outcomes. */
  onScore = (): Promise<void> => Promise.resolve();
  /** Set where the broker answers a fence no sooner than it resolves. */
  fencing: Promise<void> | undefined;
  readonly worker = new PartitionWorker(0, {
    partitions: {
      fence: async () => {
        this.calls.push('fence');
        await this.fencing;
        return {
          expect: (next) => this.expected.push(next),
          publish: (outcomes, next) => {
            const offsets = outcomes.map(({ record }) => record.offset).join();
            this.calls.push(`publish ${offsets} > ${next}`);
            const failure = this.failures.shift();
            if (failure !== undefined) return Promise.reject(failure);
            this.committed = next;
            this.onPublish();
            return Promise.resolve();
          },
          discard: () => Promise.resolve(void this.calls.push('discard')),
        };
      },
      position: () => Promise.resolve((this.calls.push('read'), this.committed)),
      oldest: () => Promise.resolve(this.oldestOffset),
      expectMsMax: 100,
    },
    score: async (some) => {
      await this.onScore();
      return some.map((record) => deadLetterOutcome(record, recordFault('decode', 'no-value', '')));
    },
    waiting: { pause: () => Promise.resolve() },
    log: NO_LOG,
    published: () => {},
    retried: () => {},
    batchRecordsMax: 3,
  });
  readonly signal = new AbortController().signal;
  take(one: SourceBatch, signal: AbortSignal = this.signal): Promise<number> {
    return this.worker.take(one, signal);
  }
}

describe('a partition worker', () => {
  it('fences, then reads, then publishes in pieces; the next batch goes straight on', async () => {
    const log = new ToldLog();
    expect(await log.take(batch(0, 5))).toBe(5);
    expect(await log.take(batch(5, 6))).toBe(6);
    expect(log.calls).toEqual(['fence', 'read', 'publish 0,1,2 > 3', 'publish 3,4 > 5', 'publish 5 > 6']);
  });

  it('tells the writer what is coming before it scores', async () => {
    const log = new ToldLog();
    const before: number[][] = [];
    log.onScore = () => Promise.resolve(void before.push([...log.expected]));
    await log.take(batch(0, 5));
    expect(before).toEqual([[3], [3, 5]]);
  });

  it('throws a writer away that was told what is coming, where it does not come', async () => {
    const log = new ToldLog();
    log.onScore = () => Promise.reject(new Abandoned());
    await expect(log.take(batch(0, 2))).rejects.toThrow(Abandoned);
    expect(log.calls).toEqual(['fence', 'read', 'discard']);
    log.onScore = () => Promise.resolve();
    await log.take(batch(0, 2));
    expect(log.calls.slice(3)).toEqual(['fence', 'read', 'publish 0,1 > 2']);
  });

  it('takes the partition over anew where a writer was left waiting for too long, and publishes what was scored', async () => {
    const log = new ToldLog();
    log.onScore = () => delay(150);
    expect(await log.take(batch(0, 2))).toBe(2);
    expect(log.calls).toEqual(['fence', 'read', 'discard', 'fence', 'read', 'publish 0,1 > 2']);
    expect(log.expected).toEqual([2]);
  });

  it('drops what is published already', async () => {
    const log = new ToldLog();
    log.committed = 3;
    expect(await log.take(batch(0, 5))).toBe(5);
    expect(log.calls).toEqual(['fence', 'read', 'publish 3,4 > 5']);
  });

  it('goes on where the group stands when all of the batch is published, and far beyond it', async () => {
    const log = new ToldLog();
    log.committed = 50;
    expect(await log.take(batch(0, 5))).toBe(50);
    expect(log.calls).toEqual(['fence', 'read']);
  });

  it('goes back when the batch begins beyond what is published', async () => {
    const log = new ToldLog();
    expect(await log.take(batch(7, 9))).toBe(0);
    expect(log.calls).toEqual(['fence', 'read']);
  });

  it('stops where records were deleted before they were scored', async () => {
    const log = new ToldLog();
    log.oldestOffset = 7;
    await expect(log.take(batch(7, 9))).rejects.toMatchObject({ code: 'RECORDS_EXPIRED' });
  });

  it('commits the end of the batch, control records behind the last record included', async () => {
    const log = new ToldLog();
    expect(await log.take(batch(0, 9, records(0, 2)))).toBe(9);
    expect(log.calls.at(-1)).toBe('publish 0,1 > 9');
  });

  it('passes over what the source skipped without fencing anew', async () => {
    const log = new ToldLog();
    await log.take(batch(0, 2));
    await log.worker.passOver(2, 5);
    expect(await log.take(batch(5, 6))).toBe(6);
    expect(log.calls).toEqual(['fence', 'read', 'publish 0,1 > 2', 'publish 5 > 6']);
  });

  it('passes over nothing that lies before what the source skipped', async () => {
    const log = new ToldLog();
    await log.take(batch(0, 2));
    log.oldestOffset = 4;
    await log.worker.passOver(4, 5);
    await expect(log.take(batch(5, 6))).rejects.toMatchObject({ code: 'RECORDS_EXPIRED' });
  });

  it('after a failed publish throws the writer away, fences, reads, and publishes what is not there', async () => {
    const log = new ToldLog();
    log.failures = [new Error('INVALID_PRODUCER_EPOCH')];
    expect(await log.take(batch(0, 2))).toBe(2);
    expect(log.calls).toEqual(['fence', 'read', 'publish 0,1 > 2', 'discard', 'fence', 'read', 'publish 0,1 > 2']);
  });

  it('does not publish again what a failed publish did after all', async () => {
    const log = new ToldLog();
    const lostReply = new Error('the reply was lost');
    Object.defineProperty(lostReply, 'message', { get: () => ((log.committed = 2), 'the reply was lost') });
    log.failures = [lostReply];
    expect(await log.take(batch(0, 2))).toBe(2);
    expect(log.calls.filter((call) => call.startsWith('publish'))).toHaveLength(1);
  });

  it('takes the partition over anew after a doubt', async () => {
    const log = new ToldLog();
    await log.take(batch(0, 1));
    await log.worker.doubt();
    await log.take(batch(1, 2));
    expect(log.calls).toEqual(['fence', 'read', 'publish 0 > 1', 'discard', 'fence', 'read', 'publish 1 > 2']);
  });

  it('is prepared before its first batch, which then goes straight on', async () => {
    const log = new ToldLog();
    await log.worker.prepare(log.signal);
    expect(await log.take(batch(0, 1))).toBe(1);
    expect(log.calls).toEqual(['fence', 'read', 'publish 0 > 1']);
  });

  it('hands the batch back between two pieces when it is no longer its own', async () => {
    const log = new ToldLog();
    const turn = new AbortController();
    log.onPublish = () => turn.abort();
    await expect(log.worker.take(batch(0, 9), turn.signal)).rejects.toBeInstanceOf(Abandoned);
    expect(log.calls).toEqual(['fence', 'read', 'publish 0,1,2 > 3']);
  });

  it('waits for nothing once it is told to stop, and discards what a late fence brings', async () => {
    const log = new ToldLog();
    let answer: () => void = () => {};
    log.fencing = new Promise((resolve) => (answer = resolve));
    const turn = new AbortController();
    const taken = log.take(batch(0, 1), turn.signal);
    await new Promise((resolve) => setTimeout(resolve));
    turn.abort();
    await expect(taken).rejects.toBeInstanceOf(Abandoned);
    answer();
    await new Promise((resolve) => setTimeout(resolve));
    expect(log.calls).toEqual(['fence', 'discard']);
  });

  it('ends with what only a person can mend, once', async () => {
    const log = new ToldLog();
    log.failures = [new FraudstreamError('TOPIC_MISSING', 'gone')];
    await expect(log.take(batch(0, 1))).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
    expect(log.calls).toEqual(['fence', 'read', 'publish 0 > 1', 'discard']);
  });

  it('hands the batch back before it touches anything when it is no longer its own', async () => {
    const log = new ToldLog();
    await expect(log.worker.take(batch(0, 1), AbortSignal.abort())).rejects.toBeInstanceOf(Abandoned);
    expect(log.calls).toEqual([]);
  });
});

describe('backoff', () => {
  it('is over at once when told to stop', async () => {
    await expect(backoff.pause(30, AbortSignal.abort())).rejects.toBeInstanceOf(Abandoned);
  });
});
