// Starting without what is needed: one clear error, at once, and nothing left open.
import { logLevel } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsumer, type ConsumerDependencies } from '../../src/stream/consumer.ts';
import type { StreamOptions } from '../../src/stream/options.ts';
import { ScriptedEngine } from '../helpers/scripted-engine.ts';
import { streamOptions } from '../helpers/stream-options.ts';

describe('starting a consumer', () => {
  let engine: ScriptedEngine;
  beforeEach(async () => {
    engine = await new ScriptedEngine().start();
  });
  afterEach(() => engine.stop());

  const start = (more: Partial<StreamOptions> = {}, dependencies: ConsumerDependencies = {}): Promise<unknown> =>
    startConsumer(
      streamOptions(engine, {
        kafka: { brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING, retry: { retries: 0 } },
        limits: { engineTimeoutMs: 500 },
        ...more,
      }),
      dependencies,
    );

  it('without an engine says where it looked, never with which password', async () => {
    const failure = start({ redisaiUrl: 'redis://user:hunter2@127.0.0.1:1' });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE', exitCode: 69, retriable: true });
    await expect(failure).rejects.toThrow('redis://127.0.0.1:1');
    await expect(failure).rejects.not.toThrow('hunter2');
  });

  it('with an engine that is not provisioned names the key', async () => {
    await expect(start({ tag: 'other' })).rejects.toMatchObject({
      code: 'ENGINE_NOT_PROVISIONED',
      message: expect.stringContaining('fraud_detection_model{other}_CPU') as string,
    });
  });

  it(
    'with an engine that is not provisioned stores what is missing, where it may, and goes on',
    { timeout: 30_000 },
    async () => {
      const models = new Map(engine.models);
      engine.models.clear();
      const told: unknown[] = [];
      const provisionMissing = (answeredLast: string | undefined): Promise<string[]> => {
        told.push(answeredLast);
        for (const [key, model] of models) engine.models.set(key, model);
        return Promise.resolve([...models.keys()]);
      };
      await expect(start({}, { provisionMissing })).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
      expect(told).toEqual([undefined]);
    },
  );

  it('with a model that does not fit says so before a transaction does', async () => {
    engine.override = (words) => (words[0] === 'AI.DAGEXECUTE' ? '*1\r\n+OK\r\n' : undefined);
    await expect(start()).rejects.toMatchObject({ code: 'MODEL_UNFIT' });
  });

  it('without Kafka says where it looked', { timeout: 30_000 }, async () => {
    const failure = start();
    await expect(failure).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE', exitCode: 69 });
    await expect(failure).rejects.toThrow('127.0.0.1:1');
  });
});
