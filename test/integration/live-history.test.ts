// Promise: with live history on, every score is the one that the topics alone tell, though consumers are killed and the engine
// comes back empty; and nothing of it is left behind in the engine but what is kept.
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { FEATURE_NAMES } from '../../src/contracts/features.ts';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { run, Run } from '../helpers/command-line.ts';
import { differencesFrom } from '../helpers/history-recomputation.ts';
import { historyFaults } from '../helpers/history-remains.ts';
import { serve } from '../helpers/serving-engine.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const ROWS = 3_000;
const KEPT = 400;
const BATCH = 40;
const PARTITIONS = 2;

describeWithKafka('live history', () => {
  it('makes each score from the topic alone, through kills of consumers and an engine that was emptied', async () => {
    const stage = new Stage('history');
    await stage.createTopics(PARTITIONS);
    const first = await serve();
    const environment = {
      ...stage.environment,
      REDISAI_URL: first.url,
      LIVE_HISTORY: 'true',
      HISTORY_RECORDS_MAX: String(KEPT),
      PROVISION_MISSING: 'true',
      BATCH_RECORDS_MAX: String(BATCH),
      SESSION_TIMEOUT_MS: '6000',
      METRICS_PORT: 'off',
    };
    await run(['provision', '--references', '0'], environment);
    const consume = (): Run => new Run(['consume'], environment);
    let consumers = [consume(), consume()];
    const replay = new Run(['replay', '--rows', String(ROWS), '--rate', '250'], environment);

    for (const victim of [0, 1, 0]) {
      await delay(1_500);
      consumers[victim]!.process.kill('SIGKILL');
      consumers[victim] = consume();
    }
    await first.engine.interrupt();
    const second = await serve(['--port', new URL(first.url).port]);
    await replay.ended;
    // A consumer that found the engine gone for good may have ended: a supervisor starts another one.
    const supervisor = setInterval(() => {
      consumers = consumers.map((one) => (one.process.exitCode === null ? one : consume()));
    }, 500);
    const records = await stage.read(stage.transactions, ROWS);
    const scores = await stage.read(stage.scores, ROWS);
    clearInterval(supervisor);
    const ended = await Promise.all(consumers.map((consumer) => consumer.interrupt()));

    const redis = new Redis(second.url);
    try {
      const definition = { recordsMax: KEPT, windowSeconds: 172_800, referencesMax: 10 };
      const made = scores.map(({ value }) => decodeFraudScore(value));
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const place = { tag: stage.tag, topic: stage.transactions, partition };
        expect(await historyFaults(redis, place, KEPT + BATCH)).toEqual([]);
      }
      expect(await differencesFrom(redis, stage.tag, records, made, definition)).toEqual([]);
      expect(ended.map(({ stderr }) => /history of the partition again/.test(stderr))).toContain(true);
    } finally {
      redis.disconnect();
      await second.engine.interrupt();
    }
  });

  it('is kept for each card where the topic says whose a transaction is', async () => {
    const stage = new Stage('cards');
    await stage.createTopics(PARTITIONS);
    const { engine, url } = await serve();
    const environment = {
      ...{ ...stage.environment, REDISAI_URL: url, METRICS_PORT: 'off', BATCH_RECORDS_MAX: '16' },
      ...{ LIVE_HISTORY: 'true', ENTITY_FIELD: 'card' },
    };
    await run(['provision', '--references', '0'], environment);
    await send(
      stage,
      Array.from({ length: 300 }, (_, index) => cardTransaction(index)),
    );
    const consumer = new Run(['consume'], environment);
    const records = await stage.read(stage.transactions, 300);
    const scores = (await stage.read(stage.scores, 300)).map(({ value }) => decodeFraudScore(value));
    await consumer.interrupt();

    const redis = new Redis(url);
    try {
      const definition = { recordsMax: 20_000, windowSeconds: 172_800, referencesMax: 10, entityField: 'card' };
      expect(await differencesFrom(redis, stage.tag, records, scores, definition)).toEqual([]);
      expect(scores.map(({ referenceCount }) => referenceCount)).toContain(10);
      const healthy = await run(['doctor'], environment);
      expect(healthy.stdout).toMatch(/^ok +live-history +300 kept in \S+ of 2 partitions; \d+ looked at, all as they/m);
      const [set] = await redis.keys(`references{${stage.tag}}:${stage.transactions}:*:card 1`);
      const [oldest] = await redis.zrange(set!, '0', '0');
      await redis.del(oldest!);
      const { stdout } = await run(['doctor'], environment);
      expect(stdout).toMatch(/^warning +live-history +1 of \d+ looked at are gone[^]*DEL history_mark\{/m);
    } finally {
      redis.disconnect();
      await engine.interrupt();
    }
  });
});

interface Message {
  readonly key: string;
  readonly value: string;
}

/** Of one of seven cards, which is its key too. */
function cardTransaction(index: number): Message {
  const card = `card ${index % 7}`;
  const value = (column: number): number => Math.fround(Math.sin(31 * index + column));
  const numbers = FEATURE_NAMES.map((name, column) => [
    name.toLowerCase(),
    { Time: Math.floor(index / 3), Amount: index }[name] ?? value(column),
  ]);
  return { key: card, value: JSON.stringify({ transactionId: `t-${index}`, ...Object.fromEntries(numbers), card }) };
}

async function send(stage: Stage, messages: readonly Message[]): Promise<void> {
  const producer = stage.kafka.producer();
  await producer.connect();
  await producer.send({ topic: stage.transactions, messages: [...messages] });
  await producer.disconnect();
}
