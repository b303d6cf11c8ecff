// Told to stop, a consumer waits for a Kafka that answers, and not for one that is away: its client would knock on.
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/stream/engine/engine.ts';
import type { KafkaClients } from '../../../src/stream/kafka/connection.ts';
import { limitsOf } from '../../../src/stream/options.ts';
import { Shards } from '../../../src/stream/shards.ts';
import { ScoringConsumer } from '../../../src/stream/scoring-consumer.ts';
import { NO_LOG } from '../../../src/stream/stream-log.ts';
import { NO_METRICS } from '../../../src/stream/stream-metrics.ts';
import { ScriptedEngine } from '../../helpers/scripted-engine.ts';
import { streamOptions } from '../../helpers/stream-options.ts';

const HOUR_MS = 3_600_000;

/** kafkajs' clients, as far as a start and a stop go. `leave` is how its consumer leaves the group. */
function clients(leave: () => Promise<void>, ask: () => Promise<unknown[]>): KafkaClients {
  const done = (): Promise<void> => Promise.resolve();
  const consumer = { events: {}, on: done, connect: done, subscribe: done, run: done, disconnect: leave };
  const admin = { connect: done, disconnect: done, fetchTopicOffsets: ask };
  const client = { consumer: () => consumer, admin: () => admin };
  return { reading: client, writing: client, asking: client } as unknown as KafkaClients;
}

async function started(kafka: KafkaClients): Promise<ScoringConsumer> {
  const options = streamOptions(new ScriptedEngine(), { limits: { stopMsMax: HOUR_MS } });
  const engine = { close: () => Promise.resolve() } as unknown as Engine;
  const parts = { options, log: NO_LOG, metrics: NO_METRICS };
  const shards = new Shards({ ...parts, engines: [{ tag: 'tag', engine }], registry: undefined });
  const consumer = new ScoringConsumer({ ...parts, shards, kafka, limits: limitsOf(options) });
  await consumer.start();
  return consumer;
}

const never = (): Promise<never> => new Promise(() => {});

describe('stopping a consumer', () => {
  it.each([
    ['refuses to talk', () => Promise.reject(new Error('ECONNREFUSED'))],
    ['is silent', never],
  ])('does not wait to leave a Kafka that %s', async (_what, ask) => {
    const consumer = await started(clients(never, ask));
    await consumer.stop();
    await expect(consumer.ended).resolves.toBeUndefined();
  });

  it('waits to leave a Kafka that answers', async () => {
    let isLeft = false;
    let leave = (): void => {};
    const leaving = new Promise<void>((resolve) => (leave = resolve)).then(() => void (isLeft = true));
    let answers = 0;
    const kafka = clients(
      () => leaving,
      () => {
        answers += 1;
        setTimeout(leave, 20);
        return Promise.resolve([]);
      },
    );
    const consumer = await started(kafka);
    await consumer.stop();
    expect({ isLeft, answers }).toEqual({ isLeft: true, answers: 1 });
  });
});
