// Promise: what is given is used, else containers, else local processes; half a start leaves nothing running.
import { describe, expect, it } from 'vitest';
import { allOrNone, decidePlaces } from '../../../src/local/where-it-runs.ts';

const nothing = { brokers: undefined, redisaiUrl: undefined };

describe('where it runs', () => {
  it.each([
    ['nothing given, no Docker', nothing, false, true, { kafka: 'process', engine: 'process' }],
    ['nothing given, Docker', nothing, true, true, { kafka: 'container', engine: 'container' }],
    ['Docker on a processor without a RedisAI image', nothing, true, false, { kafka: 'container', engine: 'process' }],
    ['brokers given', { ...nothing, brokers: 'b:1' }, true, true, { kafka: 'given', engine: 'container' }],
    ['engine given', { ...nothing, redisaiUrl: 'redis://r' }, false, true, { kafka: 'process', engine: 'given' }],
    ['both given', { brokers: 'b:1', redisaiUrl: 'redis://r' }, true, true, { kafka: 'given', engine: 'given' }],
  ] as const)('%s', (_case, options, docker, x64, expected) => {
    expect(decidePlaces(options, docker, x64)).toEqual(expected);
  });

  it('stops the one that started when the other fails', async () => {
    let stopped = false;
    const started = Promise.resolve({
      stop: () => {
        stopped = true;
        return Promise.resolve();
      },
    });
    await expect(allOrNone(started, Promise.reject(new Error('no Java')))).rejects.toThrow('no Java');
    expect(stopped).toBe(true);
  });
});
