// Promise: a card number in what a record holds that cannot be decoded shows in no log, metric, trace or page, nor in its reason. What keeps
// it on purpose: the dead letter's own key and value, and a score's transaction id.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, Run, type Ended } from '../helpers/command-line.ts';
import { describeWithKafka, Stage, type ReadRecord } from '../helpers/stage.ts';
import { startTraceCollector, type TraceCollector } from '../helpers/trace-collector.ts';

const CARD = '4111111111111111';
const SHOWN = /4111[ -]?1111[ -]?1111[ -]?1111/;
const numbers = Object.fromEntries(Array.from({ length: 28 }, (_, index) => [`V${index + 1}`, 0]));

const VALUES = [
  CARD,
  `{"${CARD}": 1}`,
  JSON.stringify({ transactionId: CARD, time: 'soon', amount: 1, label: null, ...numbers }),
  JSON.stringify({ transactionId: 'nested', card: { number: CARD, deeper: [CARD] } }),
  Buffer.concat([Buffer.from('c301', 'hex'), Buffer.from(CARD)]),
  Buffer.concat([Buffer.from('00', 'hex'), Buffer.from(CARD)]),
];

describeWithKafka('a card number', () => {
  let stage: Stage;
  let collector: TraceCollector;
  let letters: ReadRecord[];
  let ended: Ended;
  const served: string[] = [];

  beforeAll(async () => {
    stage = new Stage('cards');
    collector = await startTraceCollector();
    await stage.createTopics(1);
    await run(['provision', '--references', '20'], stage.environment);
    const producer = stage.kafka.producer();
    await producer.connect();
    const messages = VALUES.map((value) => ({ key: CARD, value, headers: { [`h${CARD}`]: CARD, traceparent: CARD } }));
    await producer.send({ topic: stage.transactions, messages });
    await producer.disconnect();
    const consumer = new Run(['consume'], {
      ...{ ...stage.environment, METRICS_PORT: '0', LOG_LEVEL: 'debug', DEAD_LETTER_SHARE_MAX: '0' },
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    letters = await stage.read(stage.deadLetters, VALUES.length);
    const page = /http:\/\/127\.0\.0\.1:\d+/.exec(consumer.stderr)![0];
    for (const path of ['/metrics', '/readyz', '/api/snapshot', '/api/engine'])
      served.push(await (await fetch(page + path)).text());
    ended = await consumer.interrupt();
  });
  afterAll(() => collector.stop());

  it('shows in no log at debug, no metric, no page and no span', () => {
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stderr).toMatch(/"level":"debug"/);
    expect(collector.spans.length).toBeGreaterThan(0);
    for (const text of [ended.stderr, ended.stdout, ...served, collector.text]) expect(text).not.toMatch(SHOWN);
  });

  it('shows in no header of a dead letter, whose key and value are as they came', () => {
    for (const { key, value, headers } of letters) {
      expect(key).toBe(CARD);
      expect(value.toString()).toMatch(SHOWN);
      expect(JSON.stringify(Object.entries(headers).map(([name, text]) => [name, text?.toString()]))).not.toMatch(
        SHOWN,
      );
    }
  });

  it.each([['dlt', 'list'], ['dlt', 'list', '--json'], ['dlt', 'list', '--summary'], ['doctor'], ['doctor', '--json']])(
    'shows in nothing that %s %s %s tells',
    async (...words) => {
      const { status, stdout, stderr } = await run(words, { ...stage.environment, LOG_LEVEL: 'debug' });
      expect(status, stderr).toBeLessThanOrEqual(2);
      expect(stdout).not.toBe('');
      expect(stdout + stderr).not.toMatch(SHOWN);
    },
  );
});
