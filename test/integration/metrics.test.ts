// Promise: the figures of /metrics are those of what was replayed, health follows the work, and no other consumer is in its way.
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { run, Run } from '../helpers/command-line.ts';
import { eventually } from '../helpers/eventually.ts';
import { serve } from '../helpers/serving-engine.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const ROWS = 400;

describeWithKafka('metrics', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage('metrics');
    await stage.createTopics();
    await run(['provision', '--references', '50'], stage.environment);
  });

  const urlOf = async (consumer: Run): Promise<string> => {
    await consumer.untilSays(/metrics, health and live page/);
    return /"url":"([^"]+)"/.exec(consumer.stderr)![1]!;
  };
  const figures = async (url: string): Promise<Map<string, number>> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
  };
  const sumOf = (all: Map<string, number>, name: string): number =>
    [...all].reduce((sum, [key, value]) => (key.startsWith(name) ? sum + value : sum), 0);

  it('counts each transaction once, comes to lag 0, and is ready', async () => {
    const consumer = new Run(['consume', '--metrics-port', '0'], stage.environment);
    const url = await urlOf(consumer);
    await run(['replay', '--rows', String(ROWS)], stage.environment);
    const producer = stage.kafka.producer();
    await producer.connect();
    await producer.send({ topic: stage.transactions, messages: [{ value: randomUUID() }] });
    await producer.disconnect();
    await stage.read(stage.scores, ROWS);
    await stage.read(stage.deadLetters, 1);
    await eventually(async () => sumOf(await figures(url), 'fraudstream_consumer_lag') === 0);
    const all = await figures(url);
    expect(all.get('fraudstream_transactions_consumed_total')).toBe(ROWS + 1);
    expect(all.get('fraudstream_transactions_scored_total')).toBe(ROWS);
    expect(sumOf(all, 'fraudstream_dead_letters_total')).toBe(1);
    expect(all.get('fraudstream_end_to_end_seconds_count')).toBe(ROWS + 1);
    expect(all.get('fraudstream_score_count')).toBe(ROWS);
    expect(all.get('fraudstream_batch_records_sum')).toBe(ROWS + 1);
    expect(all.get('fraudstream_kafka_transactions_total{outcome="committed"}')).toBe(
      all.get('fraudstream_batch_records_count'),
    );
    expect(all.get('fraudstream_dags_in_flight')).toBe(0);
    expect(all.get('fraudstream_dags_in_flight_bound')).toBeGreaterThanOrEqual(1);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready' }]);
    expect((await consumer.interrupt()).status).toBe(0);
  });

  it('says which port is taken, where a person named it', async () => {
    const first = new Run(['consume', '--metrics-port', '0'], stage.environment);
    const port = new URL(await urlOf(first)).port;
    const second = await run(['consume', '--metrics-port', port], stage.environment);
    expect(second.stderr).toMatch(new RegExp(`port ${port} .*is taken[^]*next: `));
    expect(second.status).toBe(78);
    await first.interrupt();
  });

  it('is not ready while the engine is not', async () => {
    const { engine, url: REDISAI_URL } = await serve();
    const environment = { ...stage.environment, REDISAI_URL };
    await run(['provision', '--references', '10'], environment);
    const consumer = new Run(['consume', '--metrics-port', '0', '--engine-timeout-ms', '500'], environment);
    const url = await urlOf(consumer);
    await eventually(async () => (await fetch(`${url}/readyz`)).status === 200);
    await engine.interrupt();
    await eventually(async () => (await fetch(`${url}/readyz`)).status === 503);
    const { checks } = (await (await fetch(`${url}/readyz`)).json()) as { checks: { name: string; ok: boolean }[] };
    expect(checks.find(({ name }) => name === 'engine')?.ok).toBe(false);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await consumer.interrupt();
  });
});
