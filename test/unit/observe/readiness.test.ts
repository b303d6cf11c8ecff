// Promise: a consumer is ready where it does its work, and only there.
import { beforeEach, describe, expect, it } from 'vitest';
import { ConsumerWatch } from '../../../src/observe/consumer-watch.ts';
import { isReady, readiness } from '../../../src/observe/readiness.ts';

describe('readiness', () => {
  const clock = { now: 0 };
  const consumer = {
    partitions: () => Promise.resolve([{ partition: 0, position, end, lag: Math.max(0, end - position) }]),
    identify: () => Promise.resolve({ connection: 1, modelDigest: 'abcdef', tags: 'abcdef' }),
  };
  let [position, end] = [0, 0];
  let watch: ConsumerWatch;
  const tally = { partitions: [0] as readonly number[] | undefined };
  const failing = () =>
    readiness(tally, watch)
      .filter(({ ok }) => !ok)
      .map(({ name, reason }) => `${name}: ${reason}`);
  const lookAt = async (now: number, stands: number, ends: number): Promise<void> => {
    [clock.now, position, end] = [now, stands, ends];
    await watch.look(consumer);
  };

  beforeEach(() => {
    watch = new ConsumerWatch(() => clock.now);
    tally.partitions = [0];
  });

  it('is not there before anything was seen', () => {
    tally.partitions = undefined;
    expect(failing()).toEqual([
      'group: not in the consumer group yet',
      'kafka: not looked yet',
      'engine: not looked yet',
    ]);
  });

  it('is there when the group, Kafka and the engine are, and nothing waits', async () => {
    await lookAt(0, 5, 5);
    expect(isReady(readiness(tally, watch))).toBe(true);
  });

  it('counts a member without a partition as standing by', async () => {
    tally.partitions = [];
    await lookAt(0, 5, 5);
    expect(failing()).toEqual([]);
  });

  it('ends where records wait and none is handled for half a minute', async () => {
    for (const now of [0, 10_000, 20_000, 30_000]) await lookAt(now, 5, 9);
    expect(failing()).toEqual([]);
    await lookAt(31_000, 5, 9);
    expect(failing()).toEqual(['progress: partition 0: 4 wait, none handled for 31 s']);
    await lookAt(32_000, 6, 9);
    expect(failing()).toEqual([]);
  });

  it('stays where nothing comes for long, and gives new records their time', async () => {
    for (const now of [0, 60_000]) await lookAt(now, 5, 5);
    await lookAt(61_000, 5, 9);
    expect(failing()).toEqual([]);
  });

  it('ends where Kafka hangs rather than refuses', async () => {
    await lookAt(0, 5, 5);
    void watch.look({ ...consumer, partitions: () => new Promise(() => {}) });
    clock.now = 12_000;
    expect(failing()).toContain('kafka: no answer for 12 s');
  });

  it('is told of a peer that goes away and of one that is back, once each, and not when it is over', async () => {
    const told: unknown[] = [];
    watch = new ConsumerWatch(
      () => clock.now,
      (...news) => told.push(news),
    );
    const down = { ...consumer, identify: () => Promise.reject(new Error('not connected')) };
    for (const seen of [consumer, down, down, consumer, consumer]) await watch.look(seen);
    expect(told.splice(0)).toEqual([
      ['the engine', 'not connected'],
      ['the engine', undefined],
    ]);
    watch.stop();
    await watch.look(down);
    expect(told).toEqual([]);
  });

  it('ends where the engine says why it cannot score', async () => {
    await watch.look({ ...consumer, identify: () => Promise.reject(new Error('the engine does not hold it')) });
    expect(failing()).toEqual(['engine: the engine does not hold it']);
  });
});
